export { AuditLog, AuditTrail } from '@app/audit';
export type { Act, Attempt, AuditEntry } from '@app/audit';
export { ContextStore, ContextStoreService } from '@app/context-store';
export type { ContextChanged } from '@app/context-store';
export { CredentialsService } from '@app/credentials';
export type {
  ConnectionChanged,
  ConnectionChecked,
  ConnectionExpiring,
  ConnectionRemoved,
  RotationEnded,
} from '@app/credentials';
export { isBasePath } from '@app/gitlab';
export type { GitLabObserver } from '@app/gitlab';
export { EventBus } from '@app/kernel';
export type { Actor, DomainEvent } from '@app/kernel';
export { ProjectConfigService } from '@app/project-config';
export type { TargetChanged, TargetRemoved } from '@app/project-config';
export { SyncEngineService } from '@app/sync-engine';
export type { Backlog, ConflictFound, SyncFailed, SyncFinished, WebhookSilent } from '@app/sync-engine';
export { WebhooksService } from '@app/webhooks';
export { GitLabSyncModule } from './gitlab-sync.module';
export { RedisConnection } from './redis-connection';
export { RotateKeys } from './rotate-keys';
export type { GitLabSyncSettings } from './settings';
export { migrations } from './migrations';
