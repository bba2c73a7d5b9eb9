import { Injectable } from '@nestjs/common';
import { Clock, Transactions } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import { comparedAs, freshState, type SyncState } from '../../domain/sync-state';
import { Findings } from '../ports/findings.port';
import { SyncEngineSettings } from '../sync-engine.settings';
import { SyncRuns } from '../ports/sync-runs.port';
import { BaseEntries } from '../ports/base-entries.port';
import { SyncStates, type Lease } from '../ports/sync-states.port';

/** Brings the state in line with the target: files never follow a stale base, and another scope is compared as a whole. */
@Injectable()
export class ApplyTargetChange {
  constructor(
    private readonly states: SyncStates,
    private readonly base: BaseEntries,
    private readonly runs: SyncRuns,
    private readonly findings: Findings,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  async execute(lease: Lease, state: SyncState, target: SyncTarget): Promise<SyncState> {
    if (state.targetId !== target.id) return this.startOver(lease, target);
    if (comparedAs(state, target.scope)) return state;
    if (!state.blocked) await this.runs.request(lease.org, 'initial', 'configure', this.clock.now());
    return state;
  }

  private async startOver(lease: Lease, target: SyncTarget): Promise<SyncState> {
    const { org, ...fresh } = freshState(lease.org, target.id);
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      await this.base.forget(org, 'all');
      await this.findings.releaseAll(org);
      await this.states.save(org, fresh);
      await this.runs.request(org, 'initial', 'configure', this.clock.now());
    });
    return { org, ...fresh };
  }
}
