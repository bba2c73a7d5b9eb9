import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { Transactions, type OrgId } from '@app/kernel';
import { ConflictNotFound } from '../../domain/sync.errors';
import { Findings } from '../ports/findings.port';

/** Closes a conflict and accepts the current text. The losing text stays in the history. */
@Injectable()
export class DismissConflict {
  constructor(
    private readonly findings: Findings,
    private readonly transactions: Transactions,
  ) {}

  /** @throws ConflictNotFound */
  async execute(org: OrgId, id: string, act: Act): Promise<void> {
    await this.transactions.run(async () => {
      if (!(await this.findings.conflict(org, id))) throw new ConflictNotFound(id);
      if (!(await this.findings.closeConflict(org, id))) throw new ConflictNotFound(id);
      await act.record(id);
    });
  }
}
