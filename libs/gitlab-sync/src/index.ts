export type { AuditEntryView } from '@app/audit';
export {
  ContextStore,
  FileNotFound,
  PathNotAllowed,
  QuotaExceeded,
  VersionConflict,
} from '@app/context-store';
export type {
  Change,
  ChangedView,
  ContextApi,
  ContextChanged,
  ContextFile,
  Edit,
  EditOptions,
  FilesView,
  FileTextView,
  FileView,
  HistoryEntry,
  HistoryEntryView,
  NewChange,
  Origin,
  Quota,
  Usage,
  Version,
  VersionText,
  WrittenView,
} from '@app/context-store';
export { KeySource } from '@app/credentials';
export type {
  CheckedConnectionView,
  ConnectionChanged,
  ConnectionChecked,
  ConnectionExpiring,
  ConnectionRemoved,
  ConnectionView,
  NewConnection,
  RotationEnded,
  TokenChange,
  WrappingKey,
} from '@app/credentials';
export {
  MigrationsForbidden,
  MigrationsPending,
  TablesInUse,
  TablesMissing,
  TenantsUnlocked,
} from '@app/database';
export { isBasePath } from '@app/gitlab';
export type { GitLabObserver } from '@app/gitlab';
export { withoutCredentials } from '@app/inspection';
export {
  CallerSource,
  Clock,
  DomainError,
  ERROR_CODES,
  inert,
  inertLines,
  orgId,
  ROLES,
  Secret,
} from '@app/kernel';
export type {
  Actor,
  Author,
  Blob,
  Caller,
  ErrorCode,
  FieldError,
  OrgId,
  Page,
  PageRequest,
  Role,
} from '@app/kernel';
export { CHANNELS, mailServerOf, Notifier } from '@app/notifications';
export type {
  ChannelName,
  ChannelsChange,
  ChannelView,
  FailureView,
  KeptOut,
  Notice,
  NotificationsApi,
  NotificationsTestView,
  NotificationsView,
  TestResult,
} from '@app/notifications';
export type {
  BranchChoice,
  ProjectChoice,
  ProjectSelection,
  ProjectView,
  SettingsChange,
  TargetChanged,
  TargetRemoved,
} from '@app/project-config';
export { FILE_STATES } from '@app/sync-engine';
export type {
  Backlog,
  ConflictFound,
  ConflictView,
  FileStateView,
  KeptOutFile,
  MergeRequestApi,
  MergeRequestOpened,
  PlanView,
  QuarantineChanged,
  RunChange,
  RunView,
  SyncFailed,
  SyncFinished,
  WebhookSilent,
} from '@app/sync-engine';
export type {
  DeliveryHeaders,
  DeliveryView,
  Receipt,
  RegisteredWebhookView,
  RotatedWebhookView,
  WebhookApi,
  WebhookSecretView,
  WebhookView,
} from '@app/webhooks';
export type { StoredEvent } from './events/event-feed.port';
export { GitLabSyncBus } from './events/gitlab-sync.bus';
export type { GitLabSyncEvent, GitLabSyncEventName, GitLabSyncEvents } from './events/gitlab-sync.events';
export { OnGitLabSync } from './events/on-gitlab-sync';
export type { GitLabSyncExtras, GitLabSyncHttp } from './extras';
export { GitLabSync } from './gitlab-sync';
export { GitLabSyncModule } from './gitlab-sync.module';
export { migrations } from './migrations';
export type { Health } from './operations/check-health';
export { GitLabSyncOperations } from './operations/gitlab-sync.operations';
export type { RotatedKeys } from './operations/rotate-keys';
export type { GitLabSyncOptions, NotificationsOptions, WakeQueueOptions } from './options';
export { RedisConnection } from './redis-connection';
export * from './signatures';
export type { StatusView, SyncView } from './status/status.view';
