import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { ContextStoreService, type FilesChanged } from '@app/context-store';
import type { Author, OrgId } from '@app/kernel';
import { ConflictNotFound } from '../../domain/sync.errors';
import { Findings } from '../ports/findings.port';

/** Makes the text that lost a conflict the newest again, as a new change. */
@Injectable()
export class RestoreConflict {
  constructor(
    private readonly findings: Findings,
    private readonly store: ContextStoreService,
  ) {}

  /** @throws ConflictNotFound */
  async execute(org: OrgId, id: string, author: Author, act: Act): Promise<FilesChanged> {
    const conflict = await this.findings.conflict(org, id);
    if (!conflict) throw new ConflictNotFound(id);
    const { path, kept } = conflict;
    return this.store.restore(org, path, kept.version, { author, origin: 'user' }, async () => {
      if (!(await this.findings.closeConflict(org, id))) throw new ConflictNotFound(id);
      await act.record(id);
    });
  }
}
