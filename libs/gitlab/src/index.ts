export * from './gitlab.errors';
export { GitLabModule } from './gitlab.module';
export type { GitLabModuleSettings } from './gitlab.module';
export { GitLab, GitLabConnector } from './gitlab.port';
export type {
  Access,
  Branch,
  CallOptions,
  CallPriority,
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
} from './gitlab.port';
export { HttpGitLabConnector } from './http/http-gitlab-connector';
export { BasePaths, isBasePath } from './http/base-paths';
export { readInstanceUrl } from './http/instance-url';
export { withinBounds } from './http/retry';
export { storableDate } from './storable-date';
export type { InstancePlace } from './http/instance-url';
export type { GitLabHttpSettings, HostLimitSettings, RetrySettings } from './http/settings';
export type { GitLabObserver } from './http/transport/observer';
export { webUrlOf } from './web-url';
