import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import { isRetryDue, type SyncState } from '../../domain/sync-state';
import { PushGuards } from '../guards/push-guards';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';

/** Tries again, when it is time, what stopped the sync and what GitLab refused. Joins the transaction that takes the lease. */
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
    const { org, blocked, heldRetryAt } = state;
    if (blocked && isRetryDue(blocked, now))
      for (const kind of blocked.kinds) await this.runs.request(org, kind, 'auto', now);
    return heldRetryAt && heldRetryAt <= now ? this.sendAgain(state, target, now) : state;
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
