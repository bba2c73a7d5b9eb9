import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { AuditApi, AuditModule } from '@app/audit';
import { ContextApi, ContextScope, ContextStore, ContextStoreModule } from '@app/context-store';
import { ConnectionApi, CredentialsModule } from '@app/credentials';
import { DatabaseModule, RowSecurity } from '@app/database';
import { GitLabModule } from '@app/gitlab';
import { InspectionModule } from '@app/inspection';
import { NotificationsApi, NotificationsModule } from '@app/notifications';
import { ProjectApi, ProjectConfigModule, ProjectConfigService } from '@app/project-config';
import { RetentionModule } from '@app/retention';
import { ConflictsApi, FilesApi, postgresAdapters, RunsApi, SyncEngineModule } from '@app/sync-engine';
import { WebhookApi, WebhooksModule } from '@app/webhooks';
import { EventFeed } from './events/event-feed.port';
import { EventsModule } from './events/events.module';
import { GitLabSyncBus } from './events/gitlab-sync.bus';
import type { GitLabSyncExtras, GitLabSyncHttp } from './extras';
import type * as httpEntry from './http';
import { FilesInDot } from './files-in-dot';
import { GitLabSync } from './gitlab-sync';
import { loadMetrics } from './load-metrics';
import { migrationsWith } from './migrations';
import { settingsOf } from './module-settings';
import { CheckHealth } from './operations/check-health';
import { GitLabSyncOperations } from './operations/gitlab-sync.operations';
import { RotateKeys } from './operations/rotate-keys';
import type { GitLabSyncOptions } from './options';
import { OPTIONS, PortsModule, providedAs } from './ports.module';
import { prunersFor } from './pruners';
import { ReadStatus } from './status/read-status';
import { StatusApi } from './status/status.api';

/** Lets the context store ask for the scope without knowing the module that decides it. */
@Module({})
class ScopeModule {}

@Module({})
class StatusModule {}

/** Exports the classes that the host injects. */
@Module({})
class FacadeModule {}

/**
 * Composes GitLab Sync and binds each port to its adapter. No module is global, so that none of our parts becomes
 * injectable in the host by accident: each imports the modules below it.
 */
export function composed(definition: DynamicModule, extras: GitLabSyncExtras): DynamicModule {
  const { contextStore, http = {}, role } = extras;
  const hosts = [...(definition.imports ?? []), ...(extras.imports ?? [])];
  const works = role !== 'web';
  const ports = PortsModule.forRoot(definition.providers ?? [], { ...extras, imports: hosts });
  const database = DatabaseModule.forRoot(
    settingsOf.database,
    migrationsWith({ contextStore: !contextStore }),
    [ports],
  );
  const base = [ports, database];
  const audit = AuditModule.forRoot(base);
  const gitlab = GitLabModule.forRoot(settingsOf.gitlab, [ports]);
  const credentials = CredentialsModule.forRoot(settingsOf.tokenLifecycle, [...base, audit, gitlab]);
  const projects = ProjectConfigModule.forRoot([...base, audit, credentials]);
  const inspection = InspectionModule.forRoot(settingsOf.inspection, base);
  const scope = {
    module: ScopeModule,
    imports: [projects],
    providers: [{ provide: ContextScope, useExisting: ProjectConfigService }],
    exports: [ContextScope],
  };
  const context = ContextStoreModule.forRoot({
    settings: settingsOf.contextStore,
    imports: [...base, audit, inspection, scope, ...hosts],
    store: contextStore && providedAs(ContextStore, contextStore),
  });
  const modules = [...base, audit, credentials, projects, inspection, context];
  const engine = SyncEngineModule.forRoot({
    settings: settingsOf.syncEngine,
    adapters: postgresAdapters(settingsOf.wakeQueue),
    works,
    imports: modules,
  });
  const webhooks = WebhooksModule.forRoot(settingsOf.webhookUrls, [...modules, gitlab, engine]);
  const status = {
    module: StatusModule,
    imports: [...modules, engine, webhooks],
    providers: [FilesInDot, ReadStatus, StatusApi],
    exports: [StatusApi],
  };
  const events = EventsModule.forRoot(base);
  const notifications = NotificationsModule.forRoot(settingsOf.notifications, [...modules, engine]);
  const all = [...modules, engine, webhooks, status, events, notifications];
  const facade = facadeOf(all);
  return {
    module: definition.module,
    global: extras.isGlobal,
    imports: [
      facade,
      RetentionModule.forRoot(prunersFor({ contextStore: !contextStore }), [...base, projects]),
      ...(http ? [httpModule(http, [...all, ...hosts])] : []),
    ],
    exports: [facade],
  };
}

const facadeParts = {
  provide: GitLabSync,
  inject: [
    ...[StatusApi, ConnectionApi, ProjectApi, RunsApi, FilesApi, ConflictsApi],
    ...[WebhookApi, NotificationsApi, ContextApi, AuditApi, GitLabSyncBus, EventFeed],
  ],
  useFactory: (...parts: PartsInOrder) => {
    const [status, connection, project, runs, files, conflicts, ...more] = parts;
    const [webhook, notifications, context, audit, bus, feed] = more;
    return new GitLabSync({
      ...{ status, connection, project, runs, files, conflicts },
      ...{ webhook, notifications, context, audit, bus, feed },
    });
  },
} satisfies FactoryProvider;

type PartsInOrder = [
  ...[StatusApi, ConnectionApi, ProjectApi, RunsApi, FilesApi, ConflictsApi],
  ...[WebhookApi, NotificationsApi, ContextApi, AuditApi, GitLabSyncBus, EventFeed],
];

function facadeOf(modules: readonly DynamicModule[]): DynamicModule {
  return {
    module: FacadeModule,
    imports: [...modules],
    providers: [...[CheckHealth, RotateKeys], ...[GitLabSyncOperations, facadeParts, metrics]],
    exports: [GitLabSync, GitLabSyncOperations, EventsModule],
  };
}

const metrics = {
  provide: 'metrics of GitLab Sync',
  inject: [OPTIONS, GitLabSyncBus, GitLabSyncOperations, RowSecurity],
  useFactory: (
    { metrics: registry }: GitLabSyncOptions,
    bus: GitLabSyncBus,
    operations: GitLabSyncOperations,
    { inForce }: RowSecurity,
  ) => {
    if (!registry) return null;
    const { SyncMetrics, tenantMetrics } = loadMetrics();
    tenantMetrics(registry, inForce);
    return new SyncMetrics(registry, bus, () => operations.backlog());
  },
};

/** Loads the controllers, and Swagger with them, only if there are routes. */
function httpModule(http: GitLabSyncHttp, imports: DynamicModule['imports']): DynamicModule {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- Nest imports modules synchronously.
  const { GitLabSyncHttpModule } = require('./http') as typeof httpEntry;
  return GitLabSyncHttpModule.forRoot(http, imports);
}
