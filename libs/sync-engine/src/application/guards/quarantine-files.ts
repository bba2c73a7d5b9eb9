import { Injectable } from '@nestjs/common';
import { EventBus, Transactions, type OrgId } from '@app/kernel';
import type { QuarantineChanged } from '../../domain/events';
import type { Quarantined } from '../../domain/findings';
import { nameOfSide } from '../../domain/side';
import { Findings } from '../ports/findings.port';

/** Keeps files out of the sync and lets them in again. Announces what changes. Joins the caller's transaction. */
@Injectable()
export class QuarantineFiles {
  constructor(
    private readonly findings: Findings,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  async keepOut(org: OrgId, files: readonly Quarantined[]): Promise<void> {
    const added = new Set(await this.findings.quarantine(org, files));
    const keptOut = files
      .filter(({ path }) => added.has(path))
      .map(({ path, side, reason, detail }) => ({ path, side: nameOfSide(side), reason, detail }));
    await this.announce(org, { keptOut, letIn: [] });
  }

  async letIn(org: OrgId, paths: readonly string[]): Promise<void> {
    await this.announce(org, { keptOut: [], letIn: await this.findings.release(org, paths) });
  }

  private async announce(
    org: OrgId,
    { keptOut, letIn }: Pick<QuarantineChanged, 'keptOut' | 'letIn'>,
  ): Promise<void> {
    if (!keptOut.length && !letIn.length) return;
    const event: QuarantineChanged = { name: 'quarantine.changed.v1', org, keptOut, letIn };
    await this.events.publishAfter(this.transactions, event);
  }
}
