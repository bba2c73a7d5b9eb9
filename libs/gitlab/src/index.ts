export { RateLimited, GitLabUnavailable, GitLabAnswerInvalid, GitLabRefused } from './errors/answer.errors';
export { CommitUnknown, BranchProtected, PushRefused, FileChanged } from './errors/commit.errors';
export {
  WebhookNotPermitted,
  WebhookUrlRefused,
  WebhookTestFailed,
  HookNotFound,
} from './errors/hook.errors';
export {
  InstanceUnreachable,
  InstanceNotGitLab,
  InstanceBlocked,
  InstanceUrlInvalid,
} from './errors/instance.errors';
export {
  ProjectNotFound,
  ProjectNameTaken,
  ProjectNameInvalid,
  ProjectArchived,
  BranchNotFound,
} from './errors/project.errors';
export {
  TokenRejected,
  TokenScopeMissing,
  TokenNotRotatable,
  TokenCannotCreateProjects,
} from './errors/token.errors';
export { GitLabModule } from './gitlab.module';
export type { GitLabModuleSettings } from './gitlab.module';
export { GitLabConnector } from './gitlab-connector.port';
export { GitLab } from './gitlab.port';
export type { Access, CallOptions, CallPriority } from './gitlab-connector.port';
export type { CommitStatus } from './commit-status.types';
export type {
  Branch,
  ChangedPath,
  Changes,
  Commit,
  CommitAction,
  CommitMade,
  CommitRequest,
  EntryKind,
  FileContent,
  Hook,
  HookRequest,
  Project,
  Repo,
  RotatedToken,
  TokenInfo,
  TokenKind,
  TreeEntry,
} from './gitlab.types';
export { HttpGitLabConnector } from './http/http-gitlab-connector';
export { BasePaths, isBasePath } from './http/base-paths';
export { readInstanceUrl } from './http/instance-url';
export { withinBounds } from './http/retry';
export { storableDate } from './storable-date';
export type { InstancePlace } from './http/instance-url';
export type { GitLabHttpSettings, HostLimitSettings, RetrySettings } from './http/settings';
export type { GitLabObserver } from './http/transport/observer';
export { webUrlOf } from './web-url';
