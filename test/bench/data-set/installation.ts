import { DataSource } from 'typeorm';
import { AuditEntryRow, TypeOrmAuditLog } from '@app/audit/testing';
import { ContextPruner, SettledHistory } from '@app/context-store';
import { contextStoreRows, TypeOrmContextStore } from '@app/context-store/testing';
import { ConnectionRow, TypeOrmConnections } from '@app/credentials/testing';
import { Database, dataSourceOn, Sql } from '@app/database';
import { SystemClock } from '@app/kernel';
import { SyncTargetRow, TypeOrmSyncTargets } from '@app/project-config/testing';
import {
  syncEngineRows,
  TypeOrmBacklogMetrics,
  TypeOrmBaseEntries,
  TypeOrmFindings,
  TypeOrmSyncRuns,
  TypeOrmSyncStates,
} from '@app/sync-engine/testing';
import {
  TypeOrmDeliveries,
  TypeOrmWebhookEndpoints,
  WebhookDeliveryRow,
  WebhookEndpointRow,
} from '@app/webhooks/testing';
import type { PlanLog } from './plan-log';

class TakenBack extends Error {}

class AllSettled extends SettledHistory {
  async supersededUpTo(): Promise<number> {
    return Number.MAX_SAFE_INTEGER;
  }

  async inUse(): Promise<ReadonlySet<string>> {
    return new Set();
  }
}

/** The adapters that talk to PostgreSQL, as the service uses them. */
export class Installation {
  private constructor(
    private readonly source: DataSource,
    readonly db: Database,
    readonly store = new TypeOrmContextStore(db),
    readonly pruner = new ContextPruner(db, new AllSettled(), new SystemClock(), 365),
    readonly states = new TypeOrmSyncStates(db),
    readonly base = new TypeOrmBaseEntries(db),
    readonly runs = new TypeOrmSyncRuns(db),
    readonly findings = new TypeOrmFindings(db),
    readonly backlogs = new TypeOrmBacklogMetrics(db),
    readonly targets = new TypeOrmSyncTargets(db),
    readonly connections = new TypeOrmConnections(db),
    readonly endpoints = new TypeOrmWebhookEndpoints(db),
    readonly deliveries = new TypeOrmDeliveries(db),
    readonly audit = new TypeOrmAuditLog(db),
  ) {}

  static async open(url: string, plans: PlanLog): Promise<Installation> {
    const entities = [
      ...[...contextStoreRows, ...syncEngineRows, SyncTargetRow, ConnectionRow],
      ...[WebhookDeliveryRow, WebhookEndpointRow, AuditEntryRow],
    ];
    const sql = new Sql(plans.settings(url));
    const source = await new DataSource({ ...dataSourceOn(sql), entities }).initialize();
    return new Installation(source, new Database(sql, source));
  }

  /** Whatever `work` writes is taken back. */
  async tryOut(work: () => Promise<unknown>): Promise<void> {
    const trying = this.db.transaction(async () => {
      await work();
      throw new TakenBack();
    });
    await trying.catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  }

  /** Rows that were taken back are in the way of those who read the next. */
  async tidy(): Promise<void> {
    await this.db.acrossOrgs.query('VACUUM sync_runs');
  }

  close(): Promise<void> {
    return this.source.destroy();
  }
}
