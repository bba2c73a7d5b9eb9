import { AuditPruner } from '@app/audit';
import { ContextPruner, StagedTextPruner } from '@app/context-store';
import { Database } from '@app/database';
import { InspectionPruner } from '@app/inspection';
import { Clock } from '@app/kernel';
import { NotificationsPruner } from '@app/notifications';
import { ProjectConfigService } from '@app/project-config';
import type { PrunersFactory } from '@app/retention';
import { SyncPruner, TypeOrmSettledHistory } from '@app/sync-engine';
import { EventPruner } from './events/event-pruner';
import type { GitLabSyncOptions } from './options';
import { OPTIONS } from './ports.module';
import { Retention } from './retention';

/** Composes the pruners. A host's own store of context files prunes itself. */
export function prunersFor({ contextStore }: { readonly contextStore: boolean }): PrunersFactory {
  return {
    inject: [OPTIONS, Database, ProjectConfigService, Clock],
    useFactory: (
      { retention }: GitLabSyncOptions,
      db: Database,
      projects: ProjectConfigService,
      clock: Clock,
    ) => {
      const { versionDays, runDays, auditDays } = new Retention(retention);
      return [
        ...(contextStore
          ? [
              new ContextPruner(db, new TypeOrmSettledHistory(db, projects), clock, versionDays),
              new StagedTextPruner(db),
            ]
          : []),
        new SyncPruner(db, clock, runDays),
        new AuditPruner(db, clock, auditDays),
        new EventPruner(db, clock),
        new NotificationsPruner(db, clock),
        new InspectionPruner(db, clock, contextStore),
      ];
    },
  };
}
