import { Secret } from '@app/kernel';
import type { DomainError, Page, PageRequest } from '@app/kernel';
import {
  BranchNotFound,
  BranchProtected,
  CommitUnknown,
  GitLabRefused,
  HookNotFound,
  ProjectArchived,
  ProjectNameInvalid,
  ProjectNameTaken,
  TokenCannotCreateProjects,
  TokenNotRotatable,
  TokenScopeMissing,
  WebhookTestFailed,
} from '@app/gitlab';
import { GitLab } from '@app/gitlab';
import type {
  Branch,
  ChangedPath,
  Changes,
  Commit,
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
  TreeEntry,
} from '@app/gitlab';
import type { CommitObject, Entry, GitObjects } from '../git/git-objects';
import { shownAs } from '../git/names';
import { diffTrees } from '../git/tree-diff';
import type { Difference } from '../git/tree-diff';
import { FILE_SCOPES, READ_SCOPES, WRITE_SCOPES } from '../instance/access';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import { DEVELOPER, levelOf } from '../instance/model';
import type * as model from '../instance/model';
import { createProject } from '../instance/new-project';
import { Refused } from '../instance/refusal';
import { endOfSuccessor, rotate } from '../instance/token-rotation';
import { commitBody, hookBody } from './commit-body';
import type { InProcessCalls } from './in-process-calls';
import { branchView, commitView, entryKind, hookView, projectView } from './fake-views';
import { pageOf } from './page-of';

const FILES_PER_REQUEST = 100;

/** One instance seen through one token, without a network between. */
export class FakeGitLab extends GitLab {
  constructor(private readonly calls: InProcessCalls) {
    super();
  }

  whoAmI(): Promise<TokenInfo> {
    const needs = { scopes: null, permission: null };
    return this.calls.run({ name: 'whoAmI', needs }, (_instance, { token, user }) => {
      const granular = token.permissions !== null;
      if (!granular && !token.scopes.includes('api')) throw new TokenScopeMissing(['api']);
      const kind = token.kind === 'oauth' ? 'personal' : token.kind;
      const canCreateProjects = kind === 'personal' && user.canCreateProject;
      const { scopes, expiresAt } = token;
      return { username: user.username, kind, scopes, expiresAt, canCreateProjects, granular };
    });
  }

  rotateToken(): Promise<RotatedToken> {
    const needs = { scopes: ['api', 'self_rotate'], permission: 'rotate_personal_access_token' };
    return this.calls.run({ name: 'rotateToken', needs, write: true }, (instance, { token }) => {
      if (!token.expiresAt && token.kind !== 'oauth') throw new TokenNotRotatable('it has no end');
      try {
        const successor = rotate(instance, token, endOfSuccessor(instance, token));
        return { token: new Secret(successor.value), expiresAt: successor.expiresAt };
      } catch (error) {
        throw error instanceof Refused ? new TokenNotRotatable(JSON.stringify(error.refusal)) : error;
      }
    });
  }

  listProjects(request: PageRequest & { readonly search?: string }): Promise<Page<Project>> {
    return this.calls.run({ name: 'listProjects', needs: reads('read_project') }, (instance, { user }) => {
      const wanted = request.search?.toLowerCase() ?? '';
      const projects = instance.allProjects.filter(
        (project) =>
          levelOf(project, user) >= DEVELOPER &&
          !project.markedForDeletionOn &&
          `${project.name} ${project.path}`.toLowerCase().includes(wanted),
      );
      return pageOf(
        projects,
        request,
        ({ id }) => id,
        (project) => projectView(instance, project),
      );
    });
  }

  project(projectId: number): Promise<Project> {
    return this.calls.run({ name: 'project', projectId, needs: reads('read_project') }, (instance, caller) =>
      projectView(instance, instance.access.project(caller, projectId)),
    );
  }

  createProject(name: string): Promise<Project> {
    const operation = { name: 'createProject', needs: writes('create_project'), write: true };
    return this.calls.run(operation, (instance, caller) => {
      if (caller.user.bot) throw new TokenCannotCreateProjects();
      try {
        return projectView(instance, createProject(instance, caller, { name, visibility: 'private' }));
      } catch (error) {
        throw notCreated(error, name);
      }
    });
  }

  listBranches(
    projectId: number,
    request: PageRequest & { readonly search?: string },
  ): Promise<Page<Branch>> {
    const operation = { name: 'listBranches', projectId, needs: reads('read_branch') };
    return this.calls.run(operation, (instance, caller) => {
      const project = instance.access.code(caller, projectId);
      const names = [...project.repository.branches.keys()]
        .sort()
        .filter((name) => name.includes(request.search ?? ''));
      return pageOf(
        names,
        request,
        (name) => name,
        (name) => branchView(instance, caller, project, name),
      );
    });
  }

  branch(projectId: number, branch: string): Promise<Branch> {
    const operation = { name: 'branch', projectId, branch, needs: reads('read_branch') };
    return this.calls.run(operation, (instance, caller) => {
      const project = instance.access.code(caller, projectId);
      headOf(project, branch);
      return branchView(instance, caller, project, branch);
    });
  }

  changesSince(repo: Repo, commit: string): Promise<Changes> {
    const operation = { name: 'changesSince', ...repo, needs: reads('read_repository_comparison') };
    return this.calls.run(operation, async (instance, caller) => {
      const project = instance.access.code(caller, repo.projectId);
      const { repository } = project;
      const head = headOf(project, repo.branch);
      const since = commitOf(project, commit);
      await this.calls.noticeMove(repo, projectView(instance, project));
      const rows = diffTrees(repository.objects, since.tree, head.tree);
      const cutOff = rows.length > instance.settings.compareFiles;
      return {
        head: commitView(head),
        commits: repository.history.between(since.id, head.id).map(commitView),
        paths: cutOff ? null : changedPaths(rows),
      };
    });
  }

  commitById(repo: Repo, commit: string): Promise<Commit> {
    const operation = { name: 'commitById', ...repo, needs: reads('read_commit') };
    return this.calls.run(operation, (instance, caller) =>
      commitView(commitOf(instance.access.code(caller, repo.projectId), commit)),
    );
  }

  tree(
    repo: Repo,
    commit: string,
    { directories = false }: { readonly directories?: boolean } = {},
  ): Promise<Map<string, TreeEntry>> {
    const operation = { name: 'tree', ...repo, needs: reads('read_repository_tree') };
    return this.calls.run(operation, (instance, caller) => {
      const project = instance.access.code(caller, repo.projectId);
      const { objects } = project.repository;
      const { tree } = commitOf(project, commit);
      return treeView(directories ? objects.walk(tree) : objects.files(tree));
    });
  }

  async *readFiles(
    repo: Repo,
    commit: string,
    paths: readonly string[],
    { maxBytes }: { readonly maxBytes: number },
  ): AsyncIterable<FileContent> {
    const operation = { name: 'readFiles', ...repo, needs: reads('read_repository_file', FILE_SCOPES) };
    const wanted = [...new Set(paths)];
    for (let start = 0; start < wanted.length; start += FILES_PER_REQUEST) {
      const batch = wanted.slice(start, start + FILES_PER_REQUEST);
      yield* await this.calls.run(operation, async (instance, caller) => {
        const project = instance.access.code(caller, repo.projectId);
        await this.calls.noticeMove(repo, projectView(instance, project));
        const { tree } = commitOf(project, commit);
        return batch.flatMap((path) => fileAt(project, tree, path, maxBytes));
      });
    }
  }

  commit(repo: Repo, request: CommitRequest): Promise<CommitMade> {
    const operation = { name: 'commit', ...repo, needs: writes('create_commit'), write: true };
    return this.calls.run(operation, async (instance, caller) => {
      const project = instance.access.code(caller, repo.projectId, 'write');
      if (!instance.access.mayPush(project, caller, repo.branch)) throw pushRefused(project, repo.branch);
      const checked = instance.commits.check(caller, project, commitBody(repo, request));
      await instance.calls.between({
        operation: 'commit',
        route: 'commit',
        method: 'POST',
        projectId: project.id,
      });
      const { id, parents, committer } = checked.write();
      return { id, parents, committedAt: committer.at };
    });
  }

  findCommit(repo: Repo, since: string | null, trailer: string): Promise<Commit | null> {
    const operation = { name: 'findCommit', ...repo, needs: reads('read_commit') };
    return this.calls.run(operation, (instance, caller) => {
      const { repository } = instance.access.code(caller, repo.projectId);
      const head = repository.head(repo.branch);
      const commits = head ? repository.history.between(since, head.id) : [];
      const found = commits.find(({ message }) => message.split('\n').includes(trailer));
      return found ? commitView(found) : null;
    });
  }

  lastCommitTouching(repo: Repo, commit: string, path: string): Promise<Commit | null> {
    const operation = { name: 'lastCommitTouching', ...repo, needs: reads('read_commit') };
    return this.calls.run(operation, (instance, caller) => {
      const found = instance.access
        .code(caller, repo.projectId)
        .repository.history.lastTouching(commit, path);
      return found ? commitView(found) : null;
    });
  }

  createHook(projectId: number, request: HookRequest): Promise<Hook> {
    return this.withHooks('createHook', projectId, 'create_webhook', (instance, project) =>
      hookView(instance, instance.hooks.create(project, hookBody(request))),
    );
  }

  updateHook(projectId: number, hookId: number, request: HookRequest): Promise<Hook> {
    return this.withHooks('updateHook', projectId, 'update_webhook', (instance, project) =>
      hookView(instance, instance.hooks.update(project, hookId, hookBody(request))),
    );
  }

  hook(projectId: number, hookId: number): Promise<Hook> {
    return this.withHooks('hook', projectId, 'read_webhook', (instance, project) =>
      hookView(instance, instance.hooks.get(project, hookId)),
    );
  }

  listHooks(projectId: number): Promise<Hook[]> {
    return this.withHooks('listHooks', projectId, 'read_webhook', (instance, project) =>
      [...project.hooks.values()].map((hook) => hookView(instance, hook)),
    );
  }

  async deleteHook(projectId: number, hookId: number): Promise<void> {
    try {
      await this.withHooks('deleteHook', projectId, 'delete_webhook', (instance, project) =>
        instance.hooks.delete(project, hookId),
      );
    } catch (error) {
      if (!(error instanceof HookNotFound)) throw error;
    }
  }

  testHook(projectId: number, hookId: number): Promise<void> {
    return this.withHooks('testHook', projectId, 'test_webhook', async (instance, project) => {
      const hook = instance.hooks.get(project, hookId);
      try {
        await instance.deliveries.test(project, hook);
      } catch (error) {
        if (!(error instanceof Refused) || error.refusal.is !== 'message') throw error;
        throw new WebhookTestFailed(String(error.refusal.message));
      }
    });
  }

  private withHooks<T>(
    name: string,
    projectId: number,
    permission: string,
    effect: (instance: FakeGitLabInstance, project: model.Project) => T | Promise<T>,
  ): Promise<T> {
    const write = permission !== 'read_webhook';
    const needs = write ? writes(permission) : reads(permission);
    return this.calls.run({ name, projectId, hook: true, needs, write }, (instance, caller) =>
      effect(instance, instance.access.administered(caller, projectId)),
    );
  }
}

function reads(permission: string, scopes: readonly string[] = READ_SCOPES) {
  return { scopes, permission };
}

function writes(permission: string) {
  return { scopes: WRITE_SCOPES, permission };
}

function headOf({ repository }: Pick<model.Project, 'repository'>, branch: string): CommitObject {
  const head = repository.head(branch);
  if (!head) throw new BranchNotFound(branch);
  return head;
}

function commitOf({ repository }: Pick<model.Project, 'repository'>, id: string): CommitObject {
  const commit = repository.objects.commit(id);
  if (!commit) throw new CommitUnknown(id);
  return commit;
}

function pushRefused(project: model.Project, branch: string): DomainError {
  if (project.archived) return new ProjectArchived();
  if (project.markedForDeletionOn) return new GitLabRefused(403, 'the project is marked for deletion');
  return new BranchProtected(branch);
}

function changedPaths(rows: readonly Difference[]): ChangedPath[] {
  const kinds = new Map<string, EntryKind | null>(rows.map(({ from }) => [shownAs(from), null]));
  for (const { path, after } of rows) kinds.set(shownAs(path), after ? entryKind(after.mode) : null);
  return [...kinds].map(([path, kind]) => ({ path, kind }));
}

function fileAt({ repository }: model.Project, tree: string, path: string, maxBytes: number): FileContent[] {
  const entry = repository.objects.entryAt(tree, path);
  const bytes = entry && repository.objects.blob(entry.id);
  if (!entry) return misnamedAt(repository.objects, tree, path);
  if (!bytes) return [];
  const kind = entry.mode === '120000' ? 'symlink' : 'file';
  const size = bytes.byteLength;
  return [{ path, blob: entry.id, kind, bytes: size > maxBytes ? null : bytes, size }];
}

/** GitLab's answers show a name without its bytes that are not UTF-8, and know no file by what is left. */
function misnamedAt(objects: GitObjects, tree: string, path: string): FileContent[] {
  const entry = [...objects.files(tree)].find(([name]) => name !== path && shownAs(name) === path)?.[1];
  if (!entry) return [];
  return [{ path, blob: entry.id, kind: 'file', bytes: null, size: 0, misnamed: true }];
}

function treeView(entries: Iterable<readonly [string, Entry]>): Map<string, TreeEntry> {
  const tree = new Map<string, TreeEntry>();
  for (const [path, { mode, id }] of entries) {
    const shown = shownAs(path);
    if (shown === path) tree.set(path, { kind: entryKind(mode), blob: id });
    else if (!tree.has(shown)) tree.set(shown, { kind: entryKind(mode), blob: id, pathUnsure: true });
  }
  return tree;
}

function notCreated(error: unknown, name: string): unknown {
  if (!(error instanceof Refused) || error.refusal.is !== 'invalid') return error;
  const { attributes } = error.refusal;
  if (attributes.namespace) return new TokenCannotCreateProjects();
  const said = Object.entries(attributes).map(([attribute, texts]) => `${attribute} ${texts.join(', ')}`);
  return attributes.path ? new ProjectNameTaken(name) : new ProjectNameInvalid(said.join('; '));
}
