import type { AuditApi } from '@app/audit';
import type { ContextApi } from '@app/context-store';
import type { ConnectionApi } from '@app/credentials';
import type { ProjectApi } from '@app/project-config';
import type { ConflictsApi, FilesApi, RunsApi } from '@app/sync-engine';
import type { NotificationsApi } from '@app/notifications';
import type { WebhookApi } from '@app/webhooks';
import type { EventFeed } from './events/event-feed.port';
import type { GitLabSyncBus } from './events/gitlab-sync.bus';
import type { StatusApi } from './status/status.api';

/** The parts of the facade, each of one module. */
export interface GitLabSyncParts {
  readonly status: StatusApi;
  readonly connection: ConnectionApi;
  readonly project: ProjectApi;
  readonly runs: RunsApi;
  readonly files: FilesApi;
  readonly conflicts: ConflictsApi;
  readonly webhook: WebhookApi;
  readonly notifications: NotificationsApi;
  readonly context: ContextApi;
  readonly audit: AuditApi;
  readonly bus: GitLabSyncBus;
  readonly feed: EventFeed;
}
