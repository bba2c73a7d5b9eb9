import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { NotConnected } from '@app/credentials';
import { Clock, DomainError, Transactions, type OrgId } from '@app/kernel';
import { NotConfigured, ProjectConfigService, type OpenTarget } from '@app/project-config';
import { ended, type RunKind } from '../domain/run';
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
import { SyncStates, type Held, type Lease } from './sync-states.port';
import { Turn, type Means } from './turn';

const EVERYTHING: readonly RunKind[] = ['initial', 'pull', 'push'];

/** One bounded turn at one org: takes the lease, does the run that is next, records how it ended, and lets go. */
@Injectable()
export class TakeTurn {
  private readonly owner = randomUUID();
  private readonly means: Means;

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
  ) {
    const { leaseMs } = settings;
    this.means = {
      states,
      runs,
      transactions,
      clock,
      leaseMs,
      ending: (standing) => conclude.ending(standing),
    };
  }

  /** `stopping` cuts the turn short: what is under way is recorded or can be resumed by the next holder. */
  async execute(org: OrgId, stopping?: AbortSignal): Promise<RingAgain> {
    const heldUntil = this.clock.now().getTime() + this.settings.leaseMs;
    const held = await this.states.acquire(org, this.owner, this.settings.leaseMs);
    if (!held) return null; // whoever holds it looks again after letting go
    const [over, lost] = [new AbortController(), new AbortController()];
    const keeping = this.keep(held.lease, over.signal, lost);
    let turn: Turn | null = null;
    try {
      const signal = AbortSignal.any([lost.signal, ...(stopping ? [stopping] : [])]);
      turn = await this.begin(held, heldUntil, signal);
      if (turn) await this.finish(turn, signal);
    } catch (error) {
      const cutShort =
        lost.signal.aborted || stopping?.aborted || error instanceof LeaseLost || error instanceof RunOver;
      if (!cutShort) throw error;
    } finally {
      over.abort();
      await keeping;
      if (!turn?.over) await this.states.release(held.lease);
    }
    return turn?.again === undefined ? this.whatNext(org) : turn.again;
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

  /** The turn at the run that is next; null where there is none, and what else is due was done instead. */
  private async begin(
    { lease, state: before }: Held,
    heldUntil: number,
    signal: AbortSignal,
  ): Promise<Turn | null> {
    const { org } = lease;
    let noteCall = (): void => undefined;
    const opened = await this.open(org, { signal, onRequest: () => noteCall() });
    if (!opened) return this.cancelAll(lease);
    const { target, gitlab } = opened;
    const state = await this.follow.execute(lease, before, target);
    if (state.blocked?.scope === 'all' || this.waits(state)) return null;
    const run = await this.runs.start(lease, state.blocked ? ['pull'] : EVERYTHING, this.clock.now());
    if (!run) return this.poll(lease, state, opened);
    const turn = new Turn(lease, target, gitlab, state, run, heldUntil, this.means);
    noteCall = () => turn.noteCall();
    return turn;
  }

  private async finish(turn: Turn, signal: AbortSignal): Promise<void> {
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

  private async cancelAll(lease: Lease): Promise<null> {
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      for (const run of await this.runs.open(lease.org))
        await this.runs.save(ended(run, 'cancelled', this.clock.now()));
      await this.states.save(lease.org, { nextPollAt: null, nextAttemptAt: null });
    });
    return null;
  }

  private waits({ nextAttemptAt }: SyncState): boolean {
    return nextAttemptAt !== null && nextAttemptAt > this.clock.now();
  }

  private async poll(lease: Lease, state: SyncState, { target, gitlab }: OpenTarget): Promise<null> {
    const due =
      state.directories !== null && state.nextPollAt !== null && state.nextPollAt <= this.clock.now();
    if (!due || state.blocked) return null;
    try {
      await this.look.execute(lease, state, target, gitlab);
    } catch (error) {
      await this.pollFailed(lease, state, target.branch, error);
    }
    return null;
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
