import type { Author, Blob, OrgId, Page, PageRequest, Secret } from '@app/kernel';
import type { InstancePlace } from './http/instance-url';

export type TokenKind = 'personal' | 'project' | 'group';

/** What a token is and may do, as far as the instance tells. */
export interface TokenInfo {
  readonly username: string;
  readonly kind: TokenKind;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly canCreateProjects: boolean;
  /** True where the token is fine-grained (docs/gitlab-api.md#fine-grained-tokens): scopes say nothing, rights show only when used. */
  readonly granular: boolean;
}

/** What stands in the place of a token that was rotated. */
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
  /** Null for an empty repository without a configured default, or where the token may not read code. */
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

/** One branch of one project. The numeric id survives renames (docs/gitlab-api.md#get-a-project); the path is what GraphQL wants. */
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

/** `file` is a regular blob; the others cannot be context files. */
export type EntryKind = 'file' | 'symlink' | 'submodule' | 'directory';

export interface TreeEntry {
  readonly kind: EntryKind;
  /** Blob id; the commit id for a submodule, the tree id for a directory. */
  readonly blob: Blob;
  /** True if the answer does not prove the path: bytes of it may be missing, because it is not UTF-8. */
  readonly pathUnsure?: boolean;
}

export interface ChangedPath {
  readonly path: string;
  /** What stands there at the head; null where the path is gone. */
  readonly kind: EntryKind | null;
}

/** What changed on the branch since a commit. */
export interface Changes {
  readonly head: Commit;
  /** Commits reachable from the head and not from the given commit, oldest first; empty after a reset to an older commit. */
  readonly commits: readonly Commit[];
  /**
   * Every path whose content or kind differs between the two trees, both names of a rename included, each once.
   * Null where GitLab cut the list off, names none, or cannot be sure: compare whole trees instead.
   */
  readonly paths: readonly ChangedPath[] | null;
}

export interface FileContent {
  readonly path: string;
  readonly blob: Blob;
  readonly kind: 'file' | 'symlink';
  /** Null where the file is larger than the reader's limit; `size` still tells. */
  readonly bytes: Buffer | null;
  readonly size: number;
  /** True if GitLab lists the file at that path and does not find it there: its name is not UTF-8. `bytes` is null then. */
  readonly misnamed?: boolean;
}

/** `seenAt`: the last commit at which the file was seen as the action takes it to be; `base` of the request if absent. */
export type CommitAction =
  | { readonly op: 'create'; readonly path: string; readonly content: Buffer }
  | { readonly op: 'update'; readonly path: string; readonly content: Buffer; readonly seenAt?: string }
  | { readonly op: 'delete'; readonly path: string; readonly seenAt?: string }
  /** `content` absent keeps what the file had. */
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
   * The commit the actions were worked out against. Update, move and delete are refused when a commit later than this one, or
   * than the action's `seenAt`, touched their path (docs/gitlab-api.md#last_commit_id); null for an empty repository.
   */
  readonly base: string | null;
}

export interface CommitMade {
  readonly id: string;
  /** Differs from the request's `base` when someone else's commit came in between. */
  readonly parents: readonly string[];
  readonly committedAt: Date;
}

export interface HookRequest {
  readonly url: string;
  readonly token: Secret;
  /** `whsec_` + base64 of 32 bytes; ignored by servers before 19.0. */
  readonly signingToken?: Secret;
  /** Taken as a wildcard, whatever the strategy was. */
  readonly branch: string;
  readonly verifyTls: boolean;
}

export interface Hook {
  readonly id: number;
  readonly url: string;
  readonly pushEvents: boolean;
  readonly branchFilter: string | null;
  /** Null, here and below, where the server is too old to tell. */
  readonly branchFilterStrategy: 'wildcard' | 'regex' | 'all_branches' | null;
  readonly verifiesTls: boolean | null;
  readonly alertStatus: 'executable' | 'temporarily_disabled' | 'disabled';
  readonly disabledUntil: Date | null;
  readonly tokenPresent: boolean | null;
  readonly signingTokenPresent: boolean | null;
}

/**
 * Everything this service asks of one GitLab instance with one token, in our words. Ids and shas are opaque strings.
 * Every call may throw `TokenRejected`, `TokenScopeMissing`, `InstanceUnreachable`, `InstanceBlocked`, `InstanceNotGitLab`,
 * `RateLimited` or `GitLabUnavailable`; those that name a project also `ProjectNotFound`.
 */
export abstract class GitLab {
  /** Looks at the token. Never fails only because `/user` is closed to it (docs/gitlab-api.md#fine-grained-tokens). @throws TokenScopeMissing naming the missing scopes */
  abstract whoAmI(): Promise<TokenInfo>;

  /**
   * Gives the token a successor with the same rights, which lives as long as it did; the token itself is dead from GitLab's answer
   * on. A dead token is never sent, because GitLab would revoke its successor too. Sent at most once; where the answer never came
   * it is `GitLabUnavailable` with `outcomeUnknown`, and a token that is dead afterwards tells that it was done.
   * @throws TokenNotRotatable where GitLab does not offer it
   */
  abstract rotateToken(): Promise<RotatedToken>;

  /** Projects the token is a member of and may push to, by id. */
  abstract listProjects(request: PageRequest & { readonly search?: string }): Promise<Page<Project>>;

  abstract project(projectId: number): Promise<Project>;

  /** A private project under the token's own namespace, without a first commit. @throws ProjectNameTaken, TokenCannotCreateProjects */
  abstract createProject(name: string): Promise<Project>;

  abstract listBranches(
    projectId: number,
    request: PageRequest & { readonly search?: string },
  ): Promise<Page<Branch>>;

  /** Never from a cache (docs/gitlab-api.md#branches). @throws BranchNotFound; also in an empty repository */
  abstract branch(projectId: number, name: string): Promise<Branch>;

  /**
   * What the branch became since `commit`, by tree difference, so that force pushes and resets show (docs/gitlab-api.md#compare).
   * One call in the usual case. @throws BranchNotFound, or CommitUnknown when the branch is there but the commit is not
   */
  abstract changesSince(repo: Repo, commit: string): Promise<Changes>;

  abstract commitById(repo: Repo, commit: string): Promise<Commit>;

  /** Path → entry of the whole tree at that commit, directories left out unless asked for. @throws CommitUnknown */
  abstract tree(
    repo: Repo,
    commit: string,
    options?: { readonly directories?: boolean },
  ): Promise<Map<string, TreeEntry>>;

  /**
   * The files at that commit, in batches, exact bytes, each as it arrives; paths that are absent or are no blob are left out.
   * Files over `maxBytes` come without bytes. `tree`, where the caller has it, lets whole archives be used and checked (docs/gitlab-api.md#blobs-and-archives).
   */
  abstract readFiles(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    options: { readonly maxBytes: number; readonly tree?: ReadonlyMap<string, TreeEntry> },
  ): AsyncIterable<FileContent>;

  /**
   * One commit with all actions, or none. Sent at most once: an answer that never came is `GitLabUnavailable` with
   * `outcomeUnknown`, and the caller must look for the commit before it tries again (docs/gitlab-api.md#timeouts).
   * @throws FileChanged when a path was touched since `base`, exists or is missing against expectation
   * @throws PushRefused, BranchProtected, ProjectArchived, BranchNotFound
   */
  abstract commit(repo: Repo, request: CommitRequest): Promise<CommitMade>;

  /** The commit after `since` (null: all of the branch) whose message carries the trailer line, or null. */
  abstract findCommit(repo: Repo, since: string | null, trailer: string): Promise<Commit | null>;

  /** The last commit up to `commit` that touched the path, or null. Renames are not followed. */
  abstract lastCommitTouching(repo: Repo, commit: string, path: string): Promise<Commit | null>;

  /** @throws WebhookNotPermitted below Maintainer, WebhookUrlRefused */
  abstract createHook(projectId: number, request: HookRequest): Promise<Hook>;
  /** Sends the secrets again: GitLab drops them when the URL changes (docs/gitlab-api.md#manage-hooks). @throws HookNotFound, WebhookNotPermitted, WebhookUrlRefused */
  abstract updateHook(projectId: number, hookId: number, request: HookRequest): Promise<Hook>;
  /** @throws HookNotFound, WebhookNotPermitted */
  abstract hook(projectId: number, hookId: number): Promise<Hook>;
  /** All of them, over as many pages as there are, up to 5,000. @throws WebhookNotPermitted */
  abstract listHooks(projectId: number): Promise<Hook[]>;
  /** No error where it is already gone. @throws WebhookNotPermitted */
  abstract deleteHook(projectId: number, hookId: number): Promise<void>;
  /** Has GitLab deliver a sample push now. @throws HookNotFound, WebhookNotPermitted, WebhookTestFailed */
  abstract testHook(projectId: number, hookId: number): Promise<void>;
}

export interface Access {
  /** Normalised: scheme, host and port, and the base path if the instance has one. */
  readonly instanceUrl: string;
  readonly token: Secret;
  /** The org whose token it is: calls count for it. */
  readonly org: OrgId;
}

/** `interactive`: a person waits for the answer. Both have a budget and slots of their own. */
export type CallPriority = 'interactive' | 'sync';

export interface CallOptions {
  /** Aborts what is under way; the call then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called once for each request sent to GitLab. */
  readonly onRequest?: () => void;
  /**
   * Called if `changesSince` or `readFiles` finds that the project of its `Repo` has another path by now, once for each path. The
   * call under way waits for it.
   */
  readonly onProjectMoved?: (project: Project) => Promise<void>;
  /** `sync` if absent. */
  readonly priority?: CallPriority;
}

/** Opens GitLab for a token. Opening costs nothing; the first call may fail. */
export abstract class GitLabConnector {
  /** Returns the instance that a person's text names; blank is gitlab.com. @throws InstanceUrlInvalid */
  abstract placeOf(typed: string): InstancePlace;

  abstract open(access: Access, options?: CallOptions): GitLab;
}
