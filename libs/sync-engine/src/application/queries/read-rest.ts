import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';

/** Says whether an org's sync has come to rest, and how. */
export interface SyncRest {
  /** A run is queued or under way. */
  readonly busy: boolean;
  /** Something stops the sync, or is being retried. */
  readonly troubled: boolean;
  readonly lastSyncedAt: Date | null;
  readonly lastRunId: string | null;
}

/** Reads whether an org's sync is at rest. */
@Injectable()
export class ReadRest {
  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
  ) {}

  async execute(org: OrgId): Promise<SyncRest> {
    const [states, open, latest] = await Promise.all([
      this.states.loadAll([org]),
      this.runs.open(org),
      this.runs.list(org, { limit: 1 }),
    ]);
    const state = states.get(org);
    return {
      busy: open.some(({ status }) => status !== 'awaiting_confirmation'),
      troubled: Boolean(state?.blocked ?? state?.failure ?? state?.question),
      lastSyncedAt: state?.lastSyncedAt ?? null,
      lastRunId: latest.items[0]?.id ?? null,
    };
  }
}
