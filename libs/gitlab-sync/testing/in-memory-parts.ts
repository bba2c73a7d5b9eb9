import { Module, type DynamicModule, type Type, type ValueProvider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditLog } from '@app/audit';
import { InMemoryAuditLog } from '@app/audit/testing';
import { Connections, InMemoryConnections } from '@app/credentials/testing';
import { DatabaseModule, RowSecurity } from '@app/database';
import { InMemoryTransactions, type InMemoryTables } from '@app/database/testing';
import { FileInspector, InMemoryInspections, InProcessInspector, Inspections } from '@app/inspection/testing';
import { Transactions, type Clock } from '@app/kernel';
import { inMemoryNotifications } from '@app/notifications/testing';
import { InMemorySyncTargets, SyncTargets } from '@app/project-config/testing';
import { RetentionModule } from '@app/retention';
import { inMemoryAdapters, type WakeQueue } from '@app/sync-engine/testing';
import {
  Deliveries,
  InMemoryDeliveries,
  InMemoryWebhookEndpoints,
  WebhookEndpoints,
} from '@app/webhooks/testing';
import { EventFeed } from '../src/events/event-feed.port';
import { CheckHealth } from '../src/operations/check-health';
import { InMemoryEventFeed } from './in-memory-event-feed';
import type { Replacements } from './replace-parts';

@Module({})
class InMemoryDatabaseModule {}

/** Returns what takes the place of PostgreSQL and its adapters. */
export function inMemoryParts(
  tables: InMemoryTables,
  clock: Clock,
  wakeQueue: WakeQueue,
): Required<Replacements> {
  const transactions = { provide: Transactions, useValue: new InMemoryTransactions(tables) };
  const rowSecurity = { provide: RowSecurity, useValue: new RowSecurity(true) };
  const database = {
    module: InMemoryDatabaseModule,
    providers: [transactions, rowSecurity],
    exports: [Transactions, RowSecurity],
  };
  const modules = new Map<Type, DynamicModule | null>([
    [DatabaseModule, database],
    [RetentionModule, null],
    [TypeOrmModule, null],
  ]);
  return { providers: [...adapters(tables, clock), ...inMemoryAdapters(tables, clock, wakeQueue)], modules };
}

function adapters(tables: InMemoryTables, clock: Clock): ValueProvider[] {
  const health = { status: 'ready', checks: { database: 'ok', tenants: 'locked' } } as const;
  return [
    { provide: AuditLog, useValue: new InMemoryAuditLog(tables) },
    { provide: Connections, useValue: new InMemoryConnections(tables) },
    { provide: SyncTargets, useValue: new InMemorySyncTargets(tables) },
    { provide: FileInspector, useValue: new InProcessInspector() },
    { provide: Inspections, useValue: new InMemoryInspections(tables, clock) },
    { provide: Deliveries, useValue: new InMemoryDeliveries(tables) },
    { provide: WebhookEndpoints, useValue: new InMemoryWebhookEndpoints(tables) },
    { provide: EventFeed, useValue: new InMemoryEventFeed(tables, clock) },
    ...inMemoryNotifications(tables),
    { provide: CheckHealth, useValue: { execute: async () => health } },
  ];
}
