// The types that signatures of the package name, beside those that a host itself needs. `npm run package` asks for them.
export type { AuditEntry } from '@app/audit';
export type { FileEdit, Precondition } from '@app/context-store';
export type { Rewrapped, TokenKind, TokenLifecycleSettings, WarningDays } from '@app/credentials';
export type {
  DatabaseLogin,
  DatabaseOptions,
  DatabaseSettings,
  Migration,
  MigrationSettings,
  PgSettings,
} from '@app/database';
export type {
  GitLabHttpSettings,
  GitLabModuleSettings,
  HostLimitSettings,
  RetrySettings,
  ScriptRunner,
} from '@app/gitlab';
export type { StreamLimits } from '@app/http';
export type { InspectionLimits } from '@app/inspection';
export type { DomainEvent, ErrorKind } from '@app/kernel';
export type { OutboundSettings } from '@app/outbound';
export type { MailServer } from '@app/notifications';
export type {
  ConfigureRequest,
  Draft,
  MergeRequestView,
  OnConflict,
  Publish,
  Publishing,
  ReportStatus,
  SearchRequest,
  TargetChange,
  UpdateSettingsRequest,
} from '@app/project-config';
export type {
  ConflictSideView,
  FileCounts,
  FileState,
  FileStateName,
  FileStatesRequest,
  PreviewOp,
  Run,
  RunCounts,
  RunError,
  RunErrorView,
  RunIntent,
  RunKind,
  RunStatus,
  RunTrigger,
  Side,
  SideName,
  Stop,
  SyncEngineSettings,
  SyncHealth,
  SyncPlan,
  SyncStatus,
} from '@app/sync-engine';
export type {
  Arrival,
  Delivery,
  Handover,
  HookCondition,
  HookTest,
  Ignored,
  LoggedReceipt,
  Refusal,
  Registered,
  Verdict,
  WebhookHealth,
} from '@app/webhooks';
export type { ConfigurableModuleClass } from './definition';
export type { GitLabSyncHandler } from './events/on-gitlab-sync';
export type { Answer as HealthAnswer, Tenants } from './operations/check-health';
export type { Retention } from './retention';
export type { StopView } from './status/status.view';
