export type { AuditEntry, AuditEntryView } from '@app/audit';
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
  FileEdit,
  FilesView,
  FileTextView,
  FileView,
  HistoryEntry,
  HistoryEntryView,
  NewChange,
  Origin,
  Precondition,
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
  Rewrapped,
  RotationEnded,
  TokenChange,
  TokenKind,
  TokenLifecycleSettings,
  WarningDays,
  WrappingKey,
} from '@app/credentials';
export {
  MigrationsForbidden,
  MigrationsPending,
  TablesInUse,
  TablesMissing,
  TenantsUnlocked,
} from '@app/database';
export type {
  DatabaseLogin,
  DatabaseOptions,
  DatabaseSettings,
  Migration,
  MigrationSettings,
  PgSettings,
} from '@app/database';
export { isBasePath } from '@app/gitlab';
export type {
  GitLabHttpSettings,
  GitLabModuleSettings,
  GitLabObserver,
  HostLimitSettings,
  RetrySettings,
  ScriptRunner,
} from '@app/gitlab';
export type { StreamLimits } from '@app/http';
export { withoutCredentials } from '@app/inspection';
export type { InspectionLimits } from '@app/inspection';
export { CallerSource, Clock, DomainError, inert, inertLines, orgId, ROLES, Secret } from '@app/kernel';
export type {
  Actor,
  Author,
  Blob,
  Caller,
  DomainEvent,
  ErrorKind,
  FieldError,
  OrgId,
  Page,
  PageRequest,
  Role,
} from '@app/kernel';
export { mailServerOf, Notifier } from '@app/notifications';
export type {
  ChannelName,
  ChannelsChange,
  ChannelView,
  FailureView,
  KeptOut,
  Notice,
  NotificationsTestView,
  NotificationsView,
  TestResult,
} from '@app/notifications';
export type {
  BranchChoice,
  ConfigureRequest,
  Draft,
  OnConflict,
  ProjectChoice,
  ProjectSelection,
  ProjectView,
  SearchRequest,
  SettingsChange,
  TargetChange,
  TargetChanged,
  TargetRemoved,
  UpdateSettingsRequest,
} from '@app/project-config';
export { FILE_STATES } from '@app/sync-engine';
export type {
  Backlog,
  ConflictFound,
  ConflictSideView,
  ConflictView,
  FileCounts,
  FileState,
  FileStateName,
  FileStatesRequest,
  FileStateView,
  KeptOutFile,
  PlanView,
  QuarantineChanged,
  PreviewOp,
  Run,
  RunChange,
  RunCounts,
  RunError,
  RunErrorView,
  RunKind,
  RunStatus,
  RunTrigger,
  RunView,
  Side,
  SideName,
  Stop,
  SyncEngineSettings,
  SyncFailed,
  SyncFinished,
  SyncHealth,
  SyncPlan,
  SyncStatus,
  WebhookSilent,
} from '@app/sync-engine';
export type {
  Arrival,
  Delivery,
  DeliveryHeaders,
  DeliveryView,
  Handover,
  HookCondition,
  HookTest,
  Ignored,
  LoggedReceipt,
  Receipt,
  Refusal,
  Registered,
  RegisteredWebhookView,
  RotatedWebhookView,
  Verdict,
  WebhookApi,
  WebhookHealth,
  WebhookSecretView,
  WebhookView,
} from '@app/webhooks';
export type { StoredEvent } from './events/event-feed.port';
export { GitLabSyncBus } from './events/gitlab-sync.bus';
export type { GitLabSyncEvent, GitLabSyncEventName, GitLabSyncEvents } from './events/gitlab-sync.events';
export { OnGitLabSync } from './events/on-gitlab-sync';
export type { GitLabSyncHandler } from './events/on-gitlab-sync';
export type { GitLabSyncExtras, GitLabSyncHttp } from './extras';
export type { ConfigurableModuleClass } from './definition';
export { GitLabSync } from './gitlab-sync';
export { GitLabSyncModule } from './gitlab-sync.module';
export { migrations } from './migrations';
export type { Answer as HealthAnswer, Health, Tenants } from './operations/check-health';
export { GitLabSyncOperations } from './operations/gitlab-sync.operations';
export type { RotatedKeys } from './operations/rotate-keys';
export type { GitLabSyncOptions, NotificationsOptions, WakeQueueOptions } from './options';
export { RedisConnection } from './redis-connection';
export type { Retention } from './retention';
export type { StatusView, StopView, SyncView } from './status/status.view';
