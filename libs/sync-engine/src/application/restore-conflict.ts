import { Injectable } from '@nestjs/common';
import { ContextStoreService, type FilesChanged } from '@app/context-store';
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
  async execute(org: OrgId, id: string, author: Author): Promise<FilesChanged> {
    const open = await this.findings.conflict(org, id);
    if (open) await this.store.prepareRestore(org, open.path, open.kept.version);
    return this.transactions.run(async () => {
      const conflict = await this.findings.conflict(org, id);
      if (!conflict || !(await this.findings.closeConflict(org, id))) throw new ConflictNotFound(id);
      const { path, kept } = conflict;
      return this.store.restore(org, path, kept.version, { author, origin: 'user' });
    });
  }
}
