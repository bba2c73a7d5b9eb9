import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { NotConnected } from '@app/credentials';
import type { CallOptions } from '@app/gitlab';
import { Clock, DomainError, allSettledOrThrow, Transactions, type OrgId } from '@app/kernel';
import { NotConfigured, ProjectConfigService, type OpenTarget } from '@app/project-config';
import { ended, type Run, type RunKind } from '../../domain/run';
import { blockedToo, heldUp, retryWaitMs, unblocked, type SyncState } from '../../domain/sync-state';
import { LeaseLost, RunOver } from '../../domain/sync.errors';
import { decideRetry } from '../../domain/retry-policy';
import { FinishRun } from './finish-run';
import { ApplyTargetChange } from './apply-target-change';
import { toSyncError } from './to-sync-error';
import { PollOrg } from './poll-org';
import { ExecuteRun } from './execute-run';
import { RetryStopped } from './retry-stopped';
import type { NextWake } from '../ports/wake-queue.port';
import { SyncEngineSettings } from '../sync-engine.settings';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates, type Held, type Lease } from '../ports/sync-states.port';
import { SyncPass, type PassDeps } from '../pass/sync-pass';

/** Why a turn is cut that has ended. Without a reason one would be made, with a stack, for each turn. */
const OVER = 'over';

/** What a turn begins with: at the run that is next, or else at GitLab where a poll may be due, or with nothing to do. */
type Begun = Held &
  ({ readonly opened: OpenTarget; readonly run: Run | null } | { readonly opened: null; readonly run: null });

/** One bounded turn at one org: takes the lease, does the run that is next, records how it ended, and lets go. */
@Injectable()
export class ProcessOrg {
  private readonly deps: PassDeps;

  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly projects: ProjectConfigService,
    private readonly applyTargetChange: ApplyTargetChange,
    private readonly executeRun: ExecuteRun,
    private readonly finishRun: FinishRun,
    private readonly pollOrg: PollOrg,
    private readonly retryStopped: RetryStopped,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {
    const { leaseMs } = settings;
    this.deps = {
      states,
      runs,
      transactions,
      clock,
      leaseMs,
      ending: (standing, open) => finishRun.ending(standing, open),
    };
  }

  /** `stopping` cuts the turn short: what is under way is recorded or can be resumed by the next holder. */
  async execute(org: OrgId, stopping?: AbortSignal): Promise<NextWake> {
    const cut = new AbortController();
    const stop = () => cut.abort(stopping?.reason);
    if (stopping?.aborted) stop();
    stopping?.addEventListener('abort', stop);
    try {
      return await this.underLease(org, cut);
    } finally {
      stopping?.removeEventListener('abort', stop);
    }
  }

  private async underLease(org: OrgId, cut: AbortController): Promise<NextWake> {
    const { signal } = cut;
    const heldUntil = this.clock.now().getTime() + this.settings.leaseMs;
    let pass: SyncPass | null = null;
    const begun = await this.begin(org, { signal, onRequest: () => pass?.noteCall() });
    if (!begun) return null; // whoever holds it looks again after letting go
    const { lease, state, opened, run } = begun;
    const keeping = this.renewLease(lease, cut);
    try {
      if (run) {
        pass = new SyncPass(lease, opened.target, opened.gitlab, state, run, heldUntil, this.deps);
        await this.finish(pass, signal);
      } else if (opened) await this.poll(lease, state, opened);
    } catch (error) {
      const cutShort = signal.aborted || error instanceof LeaseLost || error instanceof RunOver;
      if (!cutShort) throw error;
    } finally {
      cut.abort(OVER);
      await keeping;
      if (!pass?.isFinished) await this.states.release(lease);
    }
    return pass?.nextWake === undefined ? this.nextWake(org) : pass.nextWake;
  }

  /** Renews the lease while the turn lasts; cuts it when the lease is lost all the same. */
  private async renewLease(lease: Lease, cut: AbortController): Promise<void> {
    const { leaseMs } = this.settings;
    for (;;) {
      await this.clock.sleep(leaseMs / 3, cut.signal);
      if (cut.signal.aborted) return;
      try {
        await this.transactions.run(() => this.states.hold(lease, leaseMs));
      } catch (error) {
        if (error instanceof LeaseLost) return cut.abort(error);
      }
    }
  }

  /** Takes the lease and the run that is next; null where another holds the lease. One transaction: all of it or nothing. */
  private begin(org: OrgId, options: CallOptions): Promise<Begun | null> {
    const { leaseMs } = this.settings;
    const take = async () => {
      const [held, opened] = await allSettledOrThrow(
        this.states.acquire(org, randomUUID(), leaseMs),
        this.open(org, options),
      );
      if (!held) return null;
      const { lease } = held;
      if (!opened) {
        await this.cancelAll(org);
        return { ...held, opened };
      }
      if (opened instanceof DomainError) {
        if (!this.waits(held.state)) await this.recordUnreadableSecret(held.state, opened);
        return { ...held, opened: null };
      }
      const followed = await this.applyTargetChange.execute(lease, held.state, opened.target);
      const state = await this.retryStopped.execute(followed, opened.target);
      return { lease, state, opened: !this.mayBegin(state).length || this.waits(state) ? null : opened };
    };
    return this.transactions.run(take, async (held) => {
      if (!held?.opened) return held && { ...held, opened: null, run: null };
      const { lease, state, opened } = held;
      const run = await this.runs.start(lease, this.mayBegin(state), this.clock.now());
      return { lease, state, opened, run };
    });
  }

  private async finish(pass: SyncPass, signal: AbortSignal): Promise<void> {
    try {
      if ((await this.executeRun.execute(pass)) === 'more') await this.finishRun.interrupted(pass);
      else await this.finishRun.succeeded(pass);
    } catch (error) {
      if (signal.aborted) throw error;
      await this.finishRun.failed(pass, error);
    }
  }

  /** Null where there is nothing to open; a `DomainError` where a secret cannot be opened. */
  private async open(org: OrgId, options: CallOptions): Promise<OpenTarget | DomainError | null> {
    try {
      return await this.projects.open(org, options);
    } catch (error) {
      if (error instanceof NotConnected || error instanceof NotConfigured) return null;
      if (error instanceof DomainError) return error;
      throw error;
    }
  }

  /** An operator may bring the key back at any time: tried again, ever more rarely, and told where work waits. */
  private async recordUnreadableSecret(
    state: SyncState,
    { code, message: detail }: DomainError,
  ): Promise<void> {
    const failures = state.failures + 1;
    const wait = Math.max(this.settings.pollSeconds * 1000, retryWaitMs(failures, this.settings.random()));
    const retryAt = new Date(this.clock.now().getTime() + wait);
    const patch = { failures, ...heldUp(state, retryAt) };
    const waiting = (await this.runs.open(state.org)).length > 0;
    await this.states.save(state.org, waiting ? { ...patch, failure: { code, detail, retryAt } } : patch);
  }

  private async cancelAll(org: OrgId): Promise<void> {
    for (const run of await this.runs.open(org))
      await this.runs.save(ended(run, 'cancelled', this.clock.now()));
    await this.states.save(org, { nextPollAt: null, nextAttemptAt: null });
  }

  private mayBegin(state: SyncState): readonly RunKind[] {
    return unblocked(state, this.clock.now());
  }

  private waits({ nextAttemptAt }: SyncState): boolean {
    return nextAttemptAt !== null && nextAttemptAt > this.clock.now();
  }

  private async poll(lease: Lease, state: SyncState, { target, gitlab }: OpenTarget): Promise<void> {
    const due =
      state.directories !== null && state.nextPollAt !== null && state.nextPollAt <= this.clock.now();
    if (!due) return;
    try {
      await this.pollOrg.execute(lease, state, target, gitlab);
    } catch (error) {
      await this.pollFailed(lease, state, target.branch, error);
    }
  }

  private async pollFailed(lease: Lease, state: SyncState, branch: string, thrown: unknown): Promise<void> {
    const { org } = lease;
    const error = toSyncError(thrown, branch);
    if (!(error instanceof DomainError)) throw error;
    const verdict = decideRetry(error, state.failures);
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      if (verdict.kind === 'stop') {
        const { code, detail, scope } = verdict;
        const stop = { code, detail, scope, kinds: ['pull'] as const };
        return this.states.save(org, {
          blocked: blockedToo(state, stop, this.clock.now(), this.settings.random()),
        });
      }
      const backOff = retryWaitMs(state.failures + 1, 1, error.retryAfterMs);
      const wait = Math.max(this.settings.pollSeconds * 1000, backOff);
      return this.states.save(org, { nextPollAt: new Date(this.clock.now().getTime() + wait) });
    });
  }

  private async nextWake(org: OrgId): Promise<NextWake> {
    const state = await this.states.load(org);
    const kinds = this.mayBegin(state);
    if (!kinds.length || !(await this.runs.next(org, kinds))) return null;
    return Math.max(0, (state.nextAttemptAt?.getTime() ?? 0) - this.clock.now().getTime());
  }
}
