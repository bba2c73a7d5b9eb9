import { Injectable } from '@nestjs/common';
import { ContextStoreService, type Origin } from '@app/context-store';
import { Transactions, type Author, type OrgId } from '@app/kernel';
import { ConflictNotFound } from '../domain/sync.errors';
import { Findings } from './findings.port';

/** Makes the text that lost a conflict the newest again, as a new change. */
@Injectable()
export class RestoreConflict {
  constructor(
    private readonly findings: Findings,
    private readonly store: ContextStoreService,
    private readonly transactions: Transactions,
  ) {}

  /** @throws ConflictNotFound */
  async execute(org: OrgId, id: string, author: Author, source: Exclude<Origin, 'gitlab'> = 'user') {
    return this.transactions.run(async () => {
      const conflict = await this.findings.conflict(org, id);
      if (!conflict || !(await this.findings.closeConflict(org, id))) throw new ConflictNotFound(id);
      return this.store.restoreVersion(org, {
        path: conflict.path,
        version: conflict.kept.version,
        author,
        source,
      });
    });
  }
}
