import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { NotConnected } from '@app/credentials';
import { Clock, DomainError, Transactions, type OrgId } from '@app/kernel';
import { NotConfigured, ProjectConfigService, type OpenTarget } from '@app/project-config';
import { ended, started, type RunKind } from '../domain/run';
import { backOffMs, type SyncState } from '../domain/sync-state';
import { LeaseLost, RunOver } from '../domain/sync.errors';
import { verdictOn } from '../domain/verdict';
import { ConcludeRun } from './conclude-run';
import { FollowTarget } from './follow-target';
import { inOurWords } from './in-our-words';
import { LookForChanges } from './look-for-changes';
import { PerformRun } from './perform-run';
import type { RingAgain } from './ring.port';
import { SyncEngineSettings } from './sync-engine.settings';
import { SyncRuns } from './sync-runs.port';
import { SyncStates, type Lease } from './sync-states.port';
import { Turn } from './turn';

const EVERYTHING: readonly RunKind[] = ['initial', 'pull', 'push'];

/** One bounded turn at one org: takes the lease, does the run that is next, records how it ended, and lets go. */
@Injectable()
export class TakeTurn {
  private readonly owner = randomUUID();

  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly projects: ProjectConfigService,
    private readonly follow: FollowTarget,
    private readonly perform: PerformRun,
    private readonly conclude: ConcludeRun,
    private readonly look: LookForChanges,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** `stopping` cuts the turn short: what is under way is recorded or can be resumed by the next holder. */
  async execute(org: OrgId, stopping?: AbortSignal): Promise<RingAgain> {
    const lease = await this.states.acquire(org, this.owner, this.settings.leaseMs);
    if (!lease) return null; // whoever holds it looks again after letting go
    const [over, lost] = [new AbortController(), new AbortController()];
    const keeping = this.keep(lease, over.signal, lost);
    try {
      await this.underLease(lease, AbortSignal.any([lost.signal, ...(stopping ? [stopping] : [])]));
    } catch (error) {
      const cutShort =
        lost.signal.aborted || stopping?.aborted || error instanceof LeaseLost || error instanceof RunOver;
      if (!cutShort) throw error;
    } finally {
      over.abort();
      await keeping;
      await this.states.release(lease);
    }
    return this.whatNext(org);
  }

  /** Renews the lease while the turn lasts; tells when it is lost all the same. */
  private async keep(lease: Lease, over: AbortSignal, lost: AbortController): Promise<void> {
    const { leaseMs } = this.settings;
    for (;;) {
      await this.clock.sleep(leaseMs / 3, over);
      if (over.aborted) return;
      try {
        await this.transactions.run(() => this.states.hold(lease, leaseMs));
      } catch (error) {
        if (error instanceof LeaseLost) return lost.abort(error);
      }
    }
  }

  private async underLease(lease: Lease, signal: AbortSignal): Promise<void> {
    const { org } = lease;
    let noteCall = (): void => undefined;
    const opened = await this.open(org, { signal, onRequest: () => noteCall() });
    if (!opened) return this.cancelAll(lease);
    const state = await this.follow.execute(lease, await this.states.load(org), opened.target);
    if (state.blocked?.scope === 'all' || this.waits(state)) return;
    const run = await this.runs.next(org, state.blocked ? ['pull'] : EVERYTHING);
    if (!run) return this.poll(lease, state, opened);

    const { states, runs, transactions, clock, settings } = this;
    const turn = new Turn(lease, opened.target, opened.gitlab, state, run, {
      states,
      runs,
      transactions,
      clock,
      leaseMs: settings.leaseMs,
    });
    noteCall = () => turn.noteCall();
    await turn.record(() => ({ run: (queued) => started(queued, clock.now()) }));
    try {
      if ((await this.perform.execute(turn)) === 'more') await this.conclude.interrupted(turn);
      else await this.conclude.succeeded(turn);
    } catch (error) {
      if (signal.aborted) throw error;
      await this.conclude.failed(turn, error);
    }
  }

  private async open(
    org: OrgId,
    options: Parameters<ProjectConfigService['open']>[1],
  ): Promise<OpenTarget | null> {
    try {
      return await this.projects.open(org, options);
    } catch (error) {
      if (error instanceof NotConnected || error instanceof NotConfigured) return null;
      throw error;
    }
  }

  private async cancelAll(lease: Lease): Promise<void> {
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      for (const run of await this.runs.open(lease.org))
        await this.runs.save(ended(run, 'cancelled', this.clock.now()));
      await this.states.save(lease.org, { nextPollAt: null, nextAttemptAt: null });
    });
  }

  private waits({ nextAttemptAt }: SyncState): boolean {
    return nextAttemptAt !== null && nextAttemptAt > this.clock.now();
  }

  private async poll(lease: Lease, state: SyncState, { target, gitlab }: OpenTarget): Promise<void> {
    const due =
      state.directories !== null && state.nextPollAt !== null && state.nextPollAt <= this.clock.now();
    if (!due || state.blocked) return;
    try {
      await this.look.execute(lease, state, target, gitlab);
    } catch (error) {
      await this.pollFailed(lease, state, target.branch, error);
    }
  }

  private async pollFailed(lease: Lease, state: SyncState, branch: string, thrown: unknown): Promise<void> {
    const { org } = lease;
    const error = inOurWords(thrown, branch);
    if (!(error instanceof DomainError)) throw error;
    const verdict = verdictOn(error, state.failures);
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      if (verdict.kind === 'stop') {
        const { code, detail, scope } = verdict;
        return this.states.save(org, { blocked: { code, detail, scope, kinds: ['pull'] } });
      }
      const wait =
        error.retryAfterMs ?? Math.max(this.settings.pollSeconds * 1000, backOffMs(state.failures + 1, 1));
      return this.states.save(org, { nextPollAt: new Date(this.clock.now().getTime() + wait) });
    });
  }

  private async whatNext(org: OrgId): Promise<RingAgain> {
    const { blocked, nextAttemptAt } = await this.states.load(org);
    if (blocked?.scope === 'all') return null;
    if (!(await this.runs.next(org, blocked ? ['pull'] : EVERYTHING))) return null;
    return Math.max(0, (nextAttemptAt?.getTime() ?? 0) - this.clock.now().getTime());
  }
}
