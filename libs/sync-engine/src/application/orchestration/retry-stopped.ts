import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import { isRetryDue } from '../../domain/blocked';
import type { SyncState } from '../../domain/sync-state';
import { PushGuards } from '../guards/push-guards';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';

/**
 * Retries after a stop, a refusal by GitLab or an interrupted inspection, when the time has come. Joins the
 * transaction that takes the lease.
 */
@Injectable()
export class RetryStopped {
  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly guards: PushGuards,
    private readonly clock: Clock,
  ) {}

  /** Returns the state that follows. */
  async execute(state: SyncState, target: SyncTarget): Promise<SyncState> {
    const now = this.clock.now();
    const { org, blocked, heldRetryAt, inspectRetryAt } = state;
    if (blocked && isRetryDue(blocked, now))
      for (const kind of blocked.kinds) await this.runs.request(org, kind, 'auto', now);
    const sent = heldRetryAt && heldRetryAt <= now ? await this.sendAgain(state, target, now) : state;
    return inspectRetryAt && inspectRetryAt <= now ? this.inspectAgain(sent, target, now) : sent;
  }

  /**
   * Requests another inspection. A pull inspects the texts of both sides, and releases Dot's held files to the next
   * push.
   */
  private async inspectAgain(
    state: SyncState,
    { autoPull, autoSync }: SyncTarget,
    now: Date,
  ): Promise<SyncState> {
    const { org } = state;
    if (autoPull) await this.runs.request(org, 'pull', 'auto', now);
    else if (autoSync) await this.runs.request(org, 'push', 'auto', now);
    const patch = { inspectRetryAt: null, ...(autoSync && !autoPull && { snapshotDue: true }) };
    await this.states.save(org, patch);
    return { ...state, ...patch };
  }

  private async sendAgain(state: SyncState, { autoSync }: SyncTarget, now: Date): Promise<SyncState> {
    const { org } = state;
    const wanted = autoSync || (await this.runs.open(org)).some(({ kind }) => kind === 'push');
    const patch = { heldRetryAt: null, ...(wanted && { snapshotDue: true }) };
    if (wanted) {
      await this.guards.releaseRefused(org);
      await this.runs.request(org, 'push', 'auto', now);
    }
    await this.states.save(org, patch);
    return { ...state, ...patch };
  }
}
