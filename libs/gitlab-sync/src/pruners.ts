import { AuditPruner } from '@app/audit';
import { ContextPruner } from '@app/context-store';
import { Database } from '@app/database';
import { InspectionPruner } from '@app/inspection';
import { Clock } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { PrunersFactory } from '@app/retention';
import { SyncPruner, TypeOrmSettledHistory } from '@app/sync-engine';
import { Retention } from './retention';

/** Composes the pruners. A host's own store of context files prunes itself, so that `ownStore` is false. */
export function prunersFor(settings: Partial<Retention> | undefined, ownStore: boolean): PrunersFactory {
  const { versionDays, runDays, auditDays } = new Retention(settings);
  return {
    inject: [Database, ProjectConfigService, Clock],
    useFactory: (db: Database, projects: ProjectConfigService, clock: Clock) => [
      ...(ownStore
        ? [new ContextPruner(db, new TypeOrmSettledHistory(db, projects), clock, versionDays)]
        : []),
      new SyncPruner(db, clock, runDays),
      new AuditPruner(db, clock, auditDays),
      new InspectionPruner(db, clock, ownStore),
    ],
  };
}
