import type { Page, PageRequest } from '@app/kernel';
import { GitLab } from '../gitlab.port';
import type {
  Branch,
  BranchProtection,
  Changes,
  Commit,
  CommitMade,
  CommitRequest,
  FileContent,
  Project,
  Repo,
  RotatedToken,
  TokenInfo,
  TreeEntry,
} from '../gitlab.types';
import type { Hook, HookRequest } from '../hook.types';
import type { ListedMergeRequest, MergeRequest } from '../merge-request.types';
import type { CallOptions } from '../gitlab-connector.port';
import type { Api } from './api';
import { Branches } from './branches';
import { CommitStatuses } from './commit-statuses';
import { Commits } from './commits';
import { Comparisons } from './comparisons';
import { History } from './history';
import { Hooks } from './hooks';
import type { InstanceCapabilities } from './instance-capabilities';
import { MergeRequests } from './merge-requests/merge-requests';
import { MovedProjects } from './moved-projects';
import { Projects } from './projects';
import { Archives } from './reading/archives';
import { Batches } from './reading/batches';
import { Files } from './reading/files';
import { GraphQLBlobs } from './reading/graphql-blobs';
import { RawBlobs } from './reading/raw-blobs';
import { Trees } from './reading/trees';
import { Tokens } from './tokens';

type Search = PageRequest & { readonly search?: string };

/** Implements GitLab's REST v4 and GraphQL. Only this directory knows GitLab's URLs, statuses and texts. */
export class HttpGitLab extends GitLab {
  private readonly tokens: Tokens;
  private readonly projects: Projects;
  private readonly branches: Branches;
  private readonly history: History;
  private readonly comparisons: Comparisons;
  private readonly trees: Trees;
  private readonly files: Files;
  private readonly commits: Commits;
  private readonly mergeRequests: MergeRequests;
  private readonly statuses: CommitStatuses;
  private readonly hooks: Hooks;

  constructor(api: Api, memory: InstanceCapabilities, { onProjectMoved }: CallOptions = {}) {
    super();
    this.tokens = new Tokens(api);
    this.projects = new Projects(api);
    const moved = new MovedProjects(this.projects, memory, api.instanceUrl, onProjectMoved);
    this.branches = new Branches(api);
    this.history = new History(api, memory);
    this.comparisons = new Comparisons(api, this.branches, this.history, moved);
    this.trees = new Trees(api, memory);
    const raw = new RawBlobs(api);
    const batches = new Batches(new GraphQLBlobs(api, moved, memory), raw);
    this.files = new Files(this.trees, new Archives(api), batches, raw);
    this.commits = new Commits(api, this.projects, memory);
    this.mergeRequests = new MergeRequests(api, this.projects);
    this.statuses = new CommitStatuses(api);
    this.hooks = new Hooks(api);
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
    return this.comparisons.changesSince(repo, commit);
  }

  commitById(repo: Repo, commit: string): Promise<Commit> {
    return this.history.commitById(repo, commit);
  }

  tree(...[repo, commit, options]: Parameters<GitLab['tree']>): Promise<Map<string, TreeEntry>> {
    return this.trees.read(repo, commit, options?.directories);
  }

  readFiles(...read: Parameters<GitLab['readFiles']>): AsyncIterable<FileContent> {
    return this.files.read(...read);
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

  findMergeRequests(...given: Parameters<GitLab['findMergeRequests']>): Promise<ListedMergeRequest[]> {
    return this.mergeRequests.find(...given);
  }

  mergeRequest(...given: Parameters<GitLab['mergeRequest']>): Promise<MergeRequest> {
    return this.mergeRequests.get(...given);
  }

  createMergeRequest(...given: Parameters<GitLab['createMergeRequest']>): Promise<MergeRequest> {
    return this.mergeRequests.create(...given);
  }

  updateMergeRequest(...given: Parameters<GitLab['updateMergeRequest']>): Promise<MergeRequest> {
    return this.mergeRequests.update(...given);
  }

  closeMergeRequest(...given: Parameters<GitLab['closeMergeRequest']>): Promise<MergeRequest> {
    return this.mergeRequests.close(...given);
  }

  setCommitStatus(...given: Parameters<GitLab['setCommitStatus']>): Promise<void> {
    return this.statuses.set(...given);
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
