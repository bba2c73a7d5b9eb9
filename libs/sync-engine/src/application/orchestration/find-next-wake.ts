import { Injectable } from '@nestjs/common';
import { Clock, type OrgId } from '@app/kernel';
import { unblocked } from '../../domain/blocked';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';
import type { NextWake } from '../ports/wake-queue.port';

/** Finds out when an org has something to do next. */
@Injectable()
export class FindNextWake {
  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly clock: Clock,
  ) {}

  async execute(org: OrgId): Promise<NextWake> {
    const now = this.clock.now();
    const state = await this.states.load(org);
    const kinds = unblocked(state, now);
    const until = (time: Date | null) => Math.max(0, (time?.getTime() ?? 0) - now.getTime());
    if (kinds.length && (await this.runs.next(org, kinds))) return until(state.nextAttemptAt);
    const waits = unblocked({ ...state, pushAfter: null }, now).includes('push');
    return waits && (await this.runs.next(org, ['push'])) ? until(state.pushAfter) : null;
  }
}
