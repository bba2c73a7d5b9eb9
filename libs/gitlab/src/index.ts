export { RateLimited, GitLabUnavailable, GitLabAnswerInvalid, GitLabRefused } from './errors/answer.errors';
export {
  CommitUnknown,
  BranchExists,
  BranchProtected,
  PushRefused,
  FileChanged,
  WorkBranchNameTaken,
  WorkBranchRefused,
} from './errors/commit.errors';
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
  MergeRequestExists,
  MergeRequestNotFound,
  MergeRequestsDisabled,
} from './errors/merge-request.errors';
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
export { branchFilterFor, filtersAsWanted, matchesWildcard } from './branch-filter';
export type { BranchFilter } from './branch-filter';
export {
  descriptionOf,
  inertBlock,
  inertCode,
  inertTitle,
  storedDescription,
  undraftedMessage,
} from './inert-text';
export { GitLabModule } from './gitlab.module';
export type { GitLabModuleSettings } from './gitlab.module';
export { GitLabConnector } from './gitlab-connector.port';
export { GitLab } from './gitlab.port';
export type { Access, CallOptions, CallPriority } from './gitlab-connector.port';
export type { CommitStatus } from './commit-status.types';
export type {
  Branch,
  BranchProtection,
  ChangedPath,
  Changes,
  Commit,
  CommitAction,
  CommitMade,
  CommitRequest,
  EntryKind,
  FileContent,
  Project,
  ProjectPlace,
  Repo,
  RotatedToken,
  TokenInfo,
  TokenKind,
  TreeEntry,
} from './gitlab.types';
export type { Hook, HookRequest } from './hook.types';
export type {
  ListedMergeRequest,
  MergeRequest,
  MergeRequestQuery,
  MergeRequestState,
  MergeRequestTexts,
  NewMergeRequest,
} from './merge-request.types';
export { HttpGitLabConnector } from './http/http-gitlab-connector';
export { BasePaths, isBasePath } from './http/base-paths';
export { readInstanceUrl } from './http/instance-url';
export { withinBounds } from './http/retry';
export { storableDate } from './storable-date';
export type { InstancePlace } from './http/instance-url';
export type { GitLabHttpSettings, HostLimitSettings, RetrySettings } from './http/settings';
export type { ScriptRunner } from './http/transport/redis-call-budget';
export type { GitLabObserver } from './http/transport/observer';
export { webUrlOf } from './web-url';
