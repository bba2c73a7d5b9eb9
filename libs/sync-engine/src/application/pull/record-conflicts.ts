import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore, type Change } from '@app/context-store';
import { Clock, EventBus, Transactions, type OrgId } from '@app/kernel';
import type { ConflictDecision, Decision } from '../../domain/decision';
import type { ConflictFound } from '../../domain/events';
import type { Conflict } from '../../domain/findings';
import { nameOfSide } from '../../domain/side';
import { Findings } from '../ports/findings.port';
import type { SyncPass } from '../pass/sync-pass';

/** Records conflicts with the version that lost, and announces them. */
@Injectable()
export class RecordConflicts {
  constructor(
    private readonly findings: Findings,
    private readonly store: ContextStore,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** `change` holds GitLab's texts that lost. Joins the caller's transaction. */
  async execute(
    { org, run }: SyncPass,
    decisions: readonly Decision[],
    change: Change | null,
  ): Promise<void> {
    for (const decision of decisions) {
      if (decision.kind !== 'conflict') continue;
      const { path, winner } = decision;
      const kept =
        winner === 'local' ? keptOfRemote(decision, change) : await this.keptOfLocal(org, decision);
      if (!kept) continue;
      const at = this.clock.now();
      await this.findings.addConflict(org, { id: randomUUID(), path, at, winner, runId: run.id, kept });
      const event: ConflictFound = { name: 'conflict.found.v1', org, path, winner: nameOfSide(winner) };
      this.transactions.afterCommit(() => this.events.publish(event));
    }
  }

  private async keptOfLocal(
    org: OrgId,
    { path, localFile }: ConflictDecision,
  ): Promise<Conflict['kept'] | null> {
    if (localFile)
      return { author: localFile.updatedBy, at: localFile.updatedAt, version: localFile.version };
    const { items } = await this.store.history(org, { path, limit: 2 });
    const deletion = items.find(({ op }) => op === 'delete');
    return deletion ? { author: deletion.author, at: deletion.at, version: deletion.id } : null;
  }
}

function keptOfRemote({ path, commit }: ConflictDecision, change: Change | null): Conflict['kept'] | null {
  const version = change?.versions.find((version) => version.path === path && version.op === 'keep');
  return version ? { author: commit.author, at: commit.committedAt, version: version.id } : null;
}
