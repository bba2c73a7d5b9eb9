export * from './gitlab.errors';
export { GitLab, GitLabConnector } from './gitlab.port';
export type {
  Access,
  Branch,
  CallOptions,
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
  TokenInfo,
  TokenKind,
  TreeEntry,
} from './gitlab.port';
