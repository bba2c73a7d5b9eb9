import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '@app/kernel';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';
import { SyncEngineSettings } from '../sync-engine.settings';
import { SyncPass, type PassStart } from './sync-pass';

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
    return new SyncPass(start, states, runs, transactions, clock, settings.leaseMs);
  }
}
