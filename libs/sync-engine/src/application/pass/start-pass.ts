import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '@app/kernel';
import type { OpenTarget } from '@app/project-config';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';
import { SyncEngineSettings } from '../sync-engine.settings';
import { PassRecord, type RecordStart } from './pass-record';
import { SyncPass } from './sync-pass';

/** Input of a pass. */
export type PassStart = RecordStart & OpenTarget;

/** Makes the pass for a run that was claimed. */
@Injectable()
export class StartPass {
  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  execute(start: PassStart): SyncPass {
    const { states, runs, transactions, clock, settings } = this;
    const record = new PassRecord(start, states, runs, transactions, clock, settings.leaseMs);
    return new SyncPass(record, start.target, start.gitlab);
  }
}
