import { Injectable } from '@nestjs/common';
import { Clock, Transactions, type OrgId } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import { isDeclined } from '../../domain/declined';
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
    const another = state.targetId !== target.id;
    if (!another && comparedAs(state, target.scope)) return state;
    const newest = await this.runs.newest([lease.org]);
    const wanted = !isDeclined(newest.get(lease.org), state, target);
    if (another) return this.startOver(lease, target, wanted);
    if (wanted && !state.blocked) await this.requestFirst(lease.org);
    return state;
  }

  private async startOver(lease: Lease, target: SyncTarget, wanted: boolean): Promise<SyncState> {
    const { org, ...fresh } = freshState(lease.org, target.id);
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      await this.base.forget(org, 'all');
      await this.findings.releaseAll(org);
      await this.states.save(org, fresh);
      if (wanted) await this.requestFirst(org);
    });
    return { org, ...fresh };
  }

  private async requestFirst(org: OrgId): Promise<void> {
    await this.runs.request(org, 'initial', 'configure', this.clock.now());
  }
}
