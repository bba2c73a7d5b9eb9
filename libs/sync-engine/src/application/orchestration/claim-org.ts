import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { NotConnected } from '@app/credentials';
import type { CallOptions } from '@app/gitlab';
import { allSettledOrThrow, Clock, DomainError, Transactions, type OrgId } from '@app/kernel';
import { NotConfigured, ProjectConfigService, type OpenTarget } from '@app/project-config';
import { ended, type Run } from '../../domain/run';
import { retryWaitMs } from '../../domain/back-off';
import { unblocked } from '../../domain/blocked';
import { heldUp, isWaiting, type SyncState } from '../../domain/sync-state';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates, type Held } from '../ports/sync-states.port';
import { SyncEngineSettings } from '../sync-engine.settings';
import { ApplyTargetChange } from './apply-target-change';
import { RetryStopped } from './retry-stopped';

/** The next run, or none if only a poll may be due; `opened` is null if there is nothing to do. */
type Work =
  { readonly opened: OpenTarget; readonly run: Run | null } | { readonly opened: null; readonly run: null };

/** Work that a worker may do at an org under its lease. */
export type Claim = Held &
  Work & {
    /** When the lease ends by this worker's own clock. */
    readonly heldUntil: number;
  };

/** Takes an org's lease and the run that is next. */
@Injectable()
export class ClaimOrg {
  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly projects: ProjectConfigService,
    private readonly applyTargetChange: ApplyTargetChange,
    private readonly retryStopped: RetryStopped,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** Returns null if another worker holds the lease. One transaction: all of it or nothing. */
  async execute(org: OrgId, options: CallOptions): Promise<Claim | null> {
    const { leaseMs } = this.settings;
    const heldUntil = this.clock.now().getTime() + leaseMs;
    return this.transactions.run(async () => {
      const [held, opened] = await allSettledOrThrow(
        this.states.acquire(org, randomUUID(), leaseMs),
        this.open(org, options),
      );
      if (!held) return null;
      if (opened && !(opened instanceof DomainError))
        return { ...(await this.claim(held, opened)), heldUntil };
      if (!opened) await this.cancelAll(org);
      else if (!isWaiting(held.state, this.clock.now()))
        await this.recordUnreadableSecret(held.state, opened);
      return { ...held, heldUntil, opened: null, run: null };
    });
  }

  private async claim({ lease, ...held }: Held, opened: OpenTarget): Promise<Held & Work> {
    const followed = await this.applyTargetChange.execute(lease, held.state, opened.target);
    const state = await this.retryStopped.execute(followed, opened.target);
    const now = this.clock.now();
    const kinds = unblocked(state, now);
    if (!kinds.length || isWaiting(state, now)) return { lease, state, opened: null, run: null };
    return { lease, state, opened, run: await this.runs.start(lease, kinds, now) };
  }

  /** Returns null if there is nothing to open, and a `DomainError` if a secret cannot be opened. */
  private async open(org: OrgId, options: CallOptions): Promise<OpenTarget | DomainError | null> {
    try {
      return await this.projects.open(org, options);
    } catch (error) {
      if (error instanceof NotConnected || error instanceof NotConfigured) return null;
      if (error instanceof DomainError) return error;
      throw error;
    }
  }

  /** An operator may bring the key back at any time: tries again, ever more rarely, and records the failure if work waits. */
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
}
