import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore, type Change } from '@app/context-store';
import { Clock, EventBus, Transactions } from '@app/kernel';
import type { Decision } from '../../domain/decision';
import type { ConflictFound } from '../../domain/events';
import { nameOfSide } from '../../domain/side';
import { Findings } from '../ports/findings.port';
import type { SyncPass } from '../pass/sync-pass';
import { sidesOf } from './conflict-sides';

/** Records conflicts with the versions of both sides, and announces them. */
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
      const sides = await sidesOf(this.store, org, decision, change);
      if (!sides) continue;
      const at = this.clock.now();
      await this.findings.addConflict(org, { id: randomUUID(), path, at, winner, runId: run.id, ...sides });
      const event: ConflictFound = { name: 'conflict.found.v1', org, path, winner: nameOfSide(winner) };
      await this.events.publishAfter(this.transactions, event);
    }
  }
}
