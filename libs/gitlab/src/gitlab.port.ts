import type { Page, PageRequest } from '@app/kernel';
import type { CommitStatus } from './commit-status.types';
import type {
  Branch,
  BranchProtection,
  Changes,
  Commit,
  CommitMade,
  CommitRequest,
  FileContent,
  Project,
  ProjectPlace,
  Repo,
  RotatedToken,
  TokenInfo,
  TreeEntry,
} from './gitlab.types';
import type { Hook, HookRequest } from './hook.types';
import type {
  ListedMergeRequest,
  MergeRequest,
  MergeRequestQuery,
  MergeRequestTexts,
  NewMergeRequest,
} from './merge-request.types';

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
   * Lists the project's protection rules that match the name, which no branch needs to have yet. Returns null if the
   * token may not read them.
   */
  abstract protectionsOf(projectId: number, name: string): Promise<readonly BranchProtection[] | null>;

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
   * @throws PushRefused, BranchProtected, ProjectArchived, BranchNotFound; with `start` also BranchExists, CommitUnknown,
   * WorkBranchRefused, WorkBranchNameTaken
   */
  abstract commit(repo: Repo, request: CommitRequest): Promise<CommitMade>;

  /**
   * Returns the commit after `since` (null: on the whole branch) whose message contains the trailer line, or null.
   */
  abstract findCommit(repo: Repo, since: string | null, trailer: string): Promise<Commit | null>;

  /** Returns the last commit up to `commit` that touched the path, or null. Does not follow renames. */
  abstract lastCommitTouching(repo: Repo, commit: string, path: string): Promise<Commit | null>;

  /**
   * Lists the merge requests from this branch of the project itself, newest first, at most 20. Leaves out those from
   * forks that have a branch of the same name (docs/gitlab-api.md#list-and-get-merge-requests).
   * @throws MergeRequestsDisabled
   */
  abstract findMergeRequests(place: ProjectPlace, query: MergeRequestQuery): Promise<ListedMergeRequest[]>;

  /** Reads one merge request. Makes GitLab check again whether it can be merged. @throws MergeRequestNotFound */
  abstract mergeRequest(place: ProjectPlace, iid: number): Promise<MergeRequest>;

  /**
   * Opens a merge request within the project. Sends the request at most once. If no answer arrives, throws
   * `GitLabUnavailable` with `outcomeUnknown`; find it before you try again. Two concurrent calls may both succeed.
   * @throws MergeRequestExists with the open one, BranchNotFound, MergeRequestsDisabled, ProjectArchived, or
   * GitLabRefused (403) if the role is too low
   */
  abstract createMergeRequest(place: ProjectPlace, request: NewMergeRequest): Promise<MergeRequest>;

  /**
   * Replaces texts. Every call fires a webhook, even without a difference: compare first.
   * @throws MergeRequestNotFound, MergeRequestsDisabled, ProjectArchived
   */
  abstract updateMergeRequest(place: ProjectPlace, iid: number, to: MergeRequestTexts): Promise<MergeRequest>;

  /**
   * Closes it if it is open. GitLab ignores the request otherwise, so read the state in the answer.
   * @throws MergeRequestNotFound, MergeRequestsDisabled, ProjectArchived
   */
  abstract closeMergeRequest(place: ProjectPlace, iid: number): Promise<MergeRequest>;

  /** Posts a status of the commit once (docs/gitlab-api.md#post-a-status). @throws CommitUnknown, GitLabRefused */
  abstract setCommitStatus(repo: Repo, commit: string, status: CommitStatus): Promise<void>;

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
