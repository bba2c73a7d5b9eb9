import type { Page, PageRequest } from '@app/kernel';
import { GitLab } from '@app/gitlab';
import type {
  Branch,
  BranchProtection,
  Changes,
  Commit,
  CommitMade,
  CommitRequest,
  CommitStatus,
  FileContent,
  Hook,
  HookRequest,
  ListedMergeRequest,
  MergeRequest,
  MergeRequestQuery,
  MergeRequestTexts,
  NewMergeRequest,
  Project,
  ProjectPlace,
  Repo,
  RotatedToken,
  TokenInfo,
  TreeEntry,
} from '@app/gitlab';
import { FakeBranches } from './fake-branches';
import { FakeCommitStatuses } from './fake-commit-statuses';
import { FakeCommits } from './fake-commits';
import { FakeFiles } from './fake-files';
import { FakeHistory } from './fake-history';
import { FakeHooks } from './fake-hooks';
import { FakeMergeRequests } from './fake-merge-requests';
import { FakeProjects } from './fake-projects';
import { FakeTokens } from './fake-tokens';
import type { InProcessCalls } from './in-process-calls';

type Search = PageRequest & { readonly search?: string };

/** Implements the port for one token on one instance, without a network. */
export class FakeGitLab extends GitLab {
  private readonly tokens: FakeTokens;
  private readonly projects: FakeProjects;
  private readonly branches: FakeBranches;
  private readonly history: FakeHistory;
  private readonly files: FakeFiles;
  private readonly commits: FakeCommits;
  private readonly mergeRequests: FakeMergeRequests;
  private readonly statuses: FakeCommitStatuses;
  private readonly hooks: FakeHooks;

  constructor(calls: InProcessCalls) {
    super();
    this.tokens = new FakeTokens(calls);
    this.projects = new FakeProjects(calls);
    this.branches = new FakeBranches(calls);
    this.history = new FakeHistory(calls);
    this.files = new FakeFiles(calls);
    this.commits = new FakeCommits(calls);
    this.mergeRequests = new FakeMergeRequests(calls);
    this.statuses = new FakeCommitStatuses(calls);
    this.hooks = new FakeHooks(calls);
  }

  whoAmI(): Promise<TokenInfo> {
    return this.tokens.whoAmI();
  }

  rotateToken(): Promise<RotatedToken> {
    return this.tokens.rotate();
  }

  listProjects(request: Search): Promise<Page<Project>> {
    return this.projects.list(request);
  }

  project(projectId: number): Promise<Project> {
    return this.projects.get(projectId);
  }

  createProject(name: string): Promise<Project> {
    return this.projects.create(name);
  }

  listBranches(projectId: number, request: Search): Promise<Page<Branch>> {
    return this.branches.list(projectId, request);
  }

  branch(projectId: number, name: string): Promise<Branch> {
    return this.branches.get(projectId, name);
  }

  protectionsOf(projectId: number, name: string): Promise<readonly BranchProtection[] | null> {
    return this.branches.protectionsOf(projectId, name);
  }

  changesSince(repo: Repo, commit: string): Promise<Changes> {
    return this.history.changesSince(repo, commit);
  }

  commitById(repo: Repo, commit: string): Promise<Commit> {
    return this.history.commitById(repo, commit);
  }

  tree(
    repo: Repo,
    commit: string,
    options?: { readonly directories?: boolean },
  ): Promise<Map<string, TreeEntry>> {
    return this.files.tree(repo, commit, options);
  }

  readFiles(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    options: { readonly maxBytes: number },
  ): AsyncIterable<FileContent> {
    return this.files.read(repo, commit, paths, options);
  }

  commit(repo: Repo, request: CommitRequest): Promise<CommitMade> {
    return this.commits.create(repo, request);
  }

  findCommit(repo: Repo, since: string | null, trailer: string): Promise<Commit | null> {
    return this.history.findCommit(repo, since, trailer);
  }

  lastCommitTouching(repo: Repo, commit: string, path: string): Promise<Commit | null> {
    return this.history.lastCommitTouching(repo, commit, path);
  }

  findMergeRequests(place: ProjectPlace, query: MergeRequestQuery): Promise<ListedMergeRequest[]> {
    return this.mergeRequests.find(place, query);
  }

  mergeRequest(place: ProjectPlace, iid: number): Promise<MergeRequest> {
    return this.mergeRequests.get(place, iid);
  }

  createMergeRequest(place: ProjectPlace, request: NewMergeRequest): Promise<MergeRequest> {
    return this.mergeRequests.create(place, request);
  }

  updateMergeRequest(place: ProjectPlace, iid: number, texts: MergeRequestTexts): Promise<MergeRequest> {
    return this.mergeRequests.update(place, iid, texts);
  }

  closeMergeRequest(place: ProjectPlace, iid: number): Promise<MergeRequest> {
    return this.mergeRequests.close(place, iid);
  }

  setCommitStatus(repo: Repo, commit: string, status: CommitStatus): Promise<void> {
    return this.statuses.set(repo, commit, status);
  }

  createHook(projectId: number, request: HookRequest): Promise<Hook> {
    return this.hooks.create(projectId, request);
  }

  updateHook(projectId: number, hookId: number, request: HookRequest): Promise<Hook> {
    return this.hooks.update(projectId, hookId, request);
  }

  hook(projectId: number, hookId: number): Promise<Hook> {
    return this.hooks.get(projectId, hookId);
  }

  listHooks(projectId: number): Promise<Hook[]> {
    return this.hooks.list(projectId);
  }

  deleteHook(projectId: number, hookId: number): Promise<void> {
    return this.hooks.delete(projectId, hookId);
  }

  testHook(projectId: number, hookId: number): Promise<void> {
    return this.hooks.test(projectId, hookId);
  }
}
