import type { Author, Blob, OrgId, Page, PageRequest, Secret } from '@app/kernel';
import type { InstancePlace } from './http/instance-url';

export type TokenKind = 'personal' | 'project' | 'group';

/** Describes a token and its rights, as far as the instance reports them. */
export interface TokenInfo {
  readonly username: string;
  readonly kind: TokenKind;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly canCreateProjects: boolean;
  /**
   * True if the token is fine-grained (docs/gitlab-api.md#fine-grained-tokens): ignore its scopes. A missing
   * right shows only when it is used.
   */
  readonly granular: boolean;
}

/** Replaces a token that was rotated. */
export interface RotatedToken {
  readonly token: Secret;
  readonly expiresAt: Date | null;
}

export interface Project {
  readonly id: number;
  readonly name: string;
  readonly pathWithNamespace: string;
  /** Built from the instance's URL and the path, never taken from an answer. */
  readonly webUrl: string;
  /** Null if the repository is empty and has no configured default, or if the token may not read code. */
  readonly defaultBranch: string | null;
  readonly emptyRepo: boolean;
  readonly archived: boolean;
  /** False where rules with `filter=lfs` change nothing about new files. */
  readonly lfsEnabled: boolean;
}

export interface Branch {
  readonly name: string;
  readonly head: Commit;
  readonly default: boolean;
  readonly protected: boolean;
  readonly canPush: boolean;
}

/**
 * One branch of one project. The numeric id survives renames (docs/gitlab-api.md#get-a-project); GraphQL needs the
 * path.
 */
export interface Repo {
  readonly projectId: number;
  readonly pathWithNamespace: string;
  readonly branch: string;
}

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Author;
  readonly authoredAt: Date;
  readonly committedAt: Date;
}

/** `file` is a regular blob. The other kinds cannot be context files. */
export type EntryKind = 'file' | 'symlink' | 'submodule' | 'directory';

export interface TreeEntry {
  readonly kind: EntryKind;
  /** Id of the blob; of the commit for a submodule, of the tree for a directory. */
  readonly blob: Blob;
  /** True if the answer does not prove the path: it may lack bytes, because it is not UTF-8. */
  readonly pathUnsure?: boolean;
}

export interface ChangedPath {
  readonly path: string;
  /** Kind of the entry at the head; null if the path does not exist there. */
  readonly kind: EntryKind | null;
}

/** Describes how the branch changed since a commit. */
export interface Changes {
  readonly head: Commit;
  /**
   * Commits reachable from the head but not from the given commit, oldest first. Empty after a reset to an older
   * commit.
   */
  readonly commits: readonly Commit[];
  /**
   * Every path whose content or kind differs between the two trees, each once; a rename lists both names. Null if
   * GitLab truncated the list, sent none, or the list may be incomplete: compare whole trees instead.
   */
  readonly paths: readonly ChangedPath[] | null;
}

export interface FileContent {
  readonly path: string;
  readonly blob: Blob;
  readonly kind: 'file' | 'symlink';
  /** Null if the file is larger than the reader's limit; `size` is set anyway. */
  readonly bytes: Buffer | null;
  readonly size: number;
  /**
   * True if GitLab lists the file at that path but does not find it there, because its name is not UTF-8. `bytes` is
   * null then.
   */
  readonly misnamed?: boolean;
}

/** Describes one write. `seenAt` is the last commit at which the file was read as the action expects it; by default `base` of the request. */
export type CommitAction =
  | { readonly op: 'create'; readonly path: string; readonly content: Buffer }
  | { readonly op: 'update'; readonly path: string; readonly content: Buffer; readonly seenAt?: string }
  | { readonly op: 'delete'; readonly path: string; readonly seenAt?: string }
  /** Keeps the file's content if `content` is absent. */
  | {
      readonly op: 'move';
      readonly from: string;
      readonly path: string;
      readonly content?: Buffer;
      readonly seenAt?: string;
    };

export interface CommitRequest {
  readonly message: string;
  /** Null for the token's user. */
  readonly author: Author | null;
  readonly actions: readonly CommitAction[];
  /**
   * The commit that the actions are based on; null for an empty repository. GitLab refuses an update, move or delete
   * if a commit later than this one, or than the action's `seenAt`, touched its path (docs/gitlab-api.md#last_commit_id).
   */
  readonly base: string | null;
}

export interface CommitMade {
  readonly id: string;
  /** Differs from the request's `base` if another commit landed in between. */
  readonly parents: readonly string[];
  readonly committedAt: Date;
}

export interface HookRequest {
  readonly url: string;
  readonly token: Secret;
  /** `whsec_` + base64 of 32 bytes. Servers before 19.0 ignore it. */
  readonly signingToken?: Secret;
  /** GitLab treats it as a wildcard, whatever the strategy was. */
  readonly branch: string;
  readonly verifyTls: boolean;
}

export interface Hook {
  readonly id: number;
  readonly url: string;
  readonly pushEvents: boolean;
  readonly branchFilter: string | null;
  /** Null, here and below, if the server is too old to return it. */
  readonly branchFilterStrategy: 'wildcard' | 'regex' | 'all_branches' | null;
  readonly verifiesTls: boolean | null;
  readonly alertStatus: 'executable' | 'temporarily_disabled' | 'disabled';
  readonly disabledUntil: Date | null;
  readonly tokenPresent: boolean | null;
  readonly signingTokenPresent: boolean | null;
}

/**
 * Calls one GitLab instance with one token. Ids and shas are opaque strings. Every call may throw `TokenRejected`,
 * `TokenScopeMissing`, `InstanceUnreachable`, `InstanceBlocked`, `InstanceNotGitLab`, `RateLimited` or
 * `GitLabUnavailable`; a call that names a project also throws `ProjectNotFound`.
 */
export abstract class GitLab {
  /**
   * Describes the token. A token that may not read `/user` is accepted (docs/gitlab-api.md#fine-grained-tokens).
   * @throws TokenScopeMissing naming the missing scopes
   */
  abstract whoAmI(): Promise<TokenInfo>;

  /**
   * Replaces the token by a successor with the same rights and the same lifetime. GitLab revokes the token when it
   * answers. Never sends a revoked token: GitLab would revoke its successor too. Sends the request at most once. If
   * no answer arrives, throws `GitLabUnavailable` with `outcomeUnknown`; a token that is revoked afterwards proves
   * that GitLab rotated it.
   * @throws TokenNotRotatable if GitLab does not support it
   */
  abstract rotateToken(): Promise<RotatedToken>;

  /** Lists the projects that the token is a member of and may push to, by id. */
  abstract listProjects(request: PageRequest & { readonly search?: string }): Promise<Page<Project>>;

  abstract project(projectId: number): Promise<Project>;

  /**
   * Creates a private project in the token's own namespace, without a first commit.
   * @throws ProjectNameTaken, TokenCannotCreateProjects
   */
  abstract createProject(name: string): Promise<Project>;

  abstract listBranches(
    projectId: number,
    request: PageRequest & { readonly search?: string },
  ): Promise<Page<Branch>>;

  /**
   * Reads the branch, never from a cache (docs/gitlab-api.md#branches).
   * @throws BranchNotFound; also in an empty repository
   */
  abstract branch(projectId: number, name: string): Promise<Branch>;

  /**
   * Compares the trees of `commit` and of the branch's head, so that force pushes and resets are noticed
   * (docs/gitlab-api.md#compare). Needs one call in the usual case.
   * @throws BranchNotFound, or CommitUnknown if only the commit is missing
   */
  abstract changesSince(repo: Repo, commit: string): Promise<Changes>;

  abstract commitById(repo: Repo, commit: string): Promise<Commit>;

  /**
   * Returns path → entry of the whole tree at that commit. Leaves directories out unless `directories` is set.
   * @throws CommitUnknown
   */
  abstract tree(
    repo: Repo,
    commit: string,
    options?: { readonly directories?: boolean },
  ): Promise<Map<string, TreeEntry>>;

  /**
   * Yields the files at that commit as they arrive, with their exact bytes. Leaves out paths that are absent or not
   * blobs. Files over `maxBytes` come without bytes. With `tree`, the adapter may read a whole archive and verify it
   * (docs/gitlab-api.md#blobs-and-archives).
   */
  abstract readFiles(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    options: { readonly maxBytes: number; readonly tree?: ReadonlyMap<string, TreeEntry> },
  ): AsyncIterable<FileContent>;

  /**
   * Creates one commit with all actions, or none. Sends the request at most once. If no answer arrives, throws
   * `GitLabUnavailable` with `outcomeUnknown`; the caller must search for the commit before it retries
   * (docs/gitlab-api.md#timeouts).
   * @throws FileChanged if a path was touched since `base`, exists unexpectedly or is missing
   * @throws PushRefused, BranchProtected, ProjectArchived, BranchNotFound
   */
  abstract commit(repo: Repo, request: CommitRequest): Promise<CommitMade>;

  /**
   * Returns the commit after `since` (null: on the whole branch) whose message contains the trailer line, or null.
   */
  abstract findCommit(repo: Repo, since: string | null, trailer: string): Promise<Commit | null>;

  /** Returns the last commit up to `commit` that touched the path, or null. Does not follow renames. */
  abstract lastCommitTouching(repo: Repo, commit: string, path: string): Promise<Commit | null>;

  /** Registers a webhook. @throws WebhookNotPermitted below Maintainer, WebhookUrlRefused */
  abstract createHook(projectId: number, request: HookRequest): Promise<Hook>;
  /**
   * Updates the webhook and sends its secrets again, because GitLab drops them if the URL changes
   * (docs/gitlab-api.md#manage-hooks).
   * @throws HookNotFound, WebhookNotPermitted, WebhookUrlRefused
   */
  abstract updateHook(projectId: number, hookId: number, request: HookRequest): Promise<Hook>;
  /** @throws HookNotFound, WebhookNotPermitted */
  abstract hook(projectId: number, hookId: number): Promise<Hook>;
  /** Lists all webhooks of the project, up to 5,000. @throws WebhookNotPermitted */
  abstract listHooks(projectId: number): Promise<Hook[]>;
  /** Deletes the webhook. Succeeds if it does not exist. @throws WebhookNotPermitted */
  abstract deleteHook(projectId: number, hookId: number): Promise<void>;
  /** Makes GitLab deliver a sample push now. @throws HookNotFound, WebhookNotPermitted, WebhookTestFailed */
  abstract testHook(projectId: number, hookId: number): Promise<void>;
}

export interface Access {
  /** Normalised: scheme, host, port, and the base path if the instance has one. */
  readonly instanceUrl: string;
  readonly token: Secret;
  /** The org that owns the token. Calls count towards its share of the budget. */
  readonly org: OrgId;
}

/** `interactive` means that a person waits for the answer. Each priority has its own budget and slots. */
export type CallPriority = 'interactive' | 'sync';

export interface CallOptions {
  /** Aborts the running call, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called once for each request sent to GitLab. */
  readonly onRequest?: () => void;
  /**
   * Called if `changesSince` or `readFiles` finds a new path of its project, once for each path. The running call
   * waits for it.
   */
  readonly onProjectMoved?: (project: Project) => Promise<void>;
  /** Defaults to `sync`. */
  readonly priority?: CallPriority;
}

/** Opens GitLab for a token. Opening sends no request; the first call may fail. */
export abstract class GitLabConnector {
  /** Returns the instance that a person's text names; blank means gitlab.com. @throws InstanceUrlInvalid */
  abstract placeOf(typed: string): InstancePlace;

  abstract open(access: Access, options?: CallOptions): GitLab;
}
