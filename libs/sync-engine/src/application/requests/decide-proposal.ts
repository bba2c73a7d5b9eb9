import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { Transactions, type OrgId } from '@app/kernel';
import type { Run, RunIntent } from '../../domain/run';
import { SyncRuns } from '../ports/sync-runs.port';
import { RequestRun } from './request-run';

/** A person's word on changes that have not landed: propose them again, or take the target's texts back. */
@Injectable()
export class DecideProposal {
  constructor(
    private readonly request: RequestRun,
    private readonly runs: SyncRuns,
    private readonly transactions: Transactions,
  ) {}

  /** Returns the run that does it. @throws NotConnected, NotConfigured */
  execute(org: OrgId, intent: RunIntent, act: Act): Promise<Run> {
    return this.transactions.run(async () => {
      // Locks the org's state first, as a claim does: the run cannot start in between, and the two cannot deadlock.
      const run = await this.request.byPerson(org, intent === 'propose' ? 'push' : 'pull', act);
      await this.runs.save({ ...run, intent });
      return { ...run, intent };
    });
  }
}
