import type { CommitObject, Entry, Signature } from '../git/git-objects';
import type { Repository } from '../git/repository';
import { sameEntry } from '../git/history';
import { TreeEditor } from '../git/tree-editor';
import type { FakeGitLabInstance } from './fake-gitlab-instance';
import type { ProjectRef } from './projects';
import type { Project, User } from './model';
import { entryOf, put, renameIn, type TeammateCommit } from './teammate-files';

/** Changes a repository as teammates do with git: bytes stay unchanged, and each call is one push. */
export class TeammateGit {
  constructor(private readonly instance: FakeGitLabInstance) {}

  /** Pushes one or more commits. A new branch starts from the default branch, or from nothing. Returns the head. */
  push(ref: ProjectRef, branch: string, commits: TeammateCommit | readonly TeammateCommit[]): string {
    const project = this.instance.project(ref);
    const { repository } = project;
    const start = repository.head(branch) ?? repository.head(repository.defaultBranch ?? '');
    return this.move(project, branch, this.stack(repository, start, commits));
  }

  /** Rewrites the branch: puts the commits on top of `onto`, or of nothing. */
  forcePush(
    ref: ProjectRef,
    branch: string,
    commits: TeammateCommit | readonly TeammateCommit[],
    onto: string | null = null,
  ): string {
    const project = this.instance.project(ref);
    const start = onto === null ? undefined : project.repository.objects.commit(onto);
    return this.move(project, branch, this.stack(project.repository, start, commits));
  }

  /** Pushes several branches at the same time. GitLab fires no hook for more than three. */
  pushBranches(ref: ProjectRef, commits: Readonly<Record<string, TeammateCommit>>): void {
    const project = this.instance.project(ref);
    const { repository } = project;
    const targets = Object.entries(commits).map(([branch, commit]): [string, string] => {
      const start = repository.head(branch) ?? repository.head(repository.defaultBranch ?? '');
      return [branch, this.stack(repository, start, commit)];
    });
    this.instance.pushes.moveBranches(project, new Map(targets), this.teammate());
    this.instance.jobs.settle();
  }

  /**
   * Makes a merge commit: the branch's tree with the changes of `other` since their merge base. `files` resolves
   * conflicts.
   */
  merge(ref: ProjectRef, branch: string, other: string, commit: TeammateCommit = {}): string {
    const project = this.instance.project(ref);
    const { repository } = project;
    const [ours, theirs] = [this.headCommit(project, branch), this.headCommit(project, other)];
    const tree = new TreeEditor(repository.objects, ours.tree);
    const base = repository.history.mergeBase(ours.id, theirs.id);
    const before = repository.objects.files(base?.tree ?? repository.objects.emptyTree);
    const after = repository.objects.files(theirs.tree);
    for (const path of new Set([...before.keys(), ...after.keys()]))
      if (!sameEntry(before.get(path), after.get(path))) put(tree, path, after.get(path));
    const parents = [ours.id, theirs.id];
    const message = commit.message ?? `Merge branch '${other}' into ${branch}`;
    return this.move(project, branch, this.write(repository, tree, parents, { ...commit, message }).id);
  }

  /** Points the branch at any commit, newer or older. */
  reset(ref: ProjectRef, branch: string, commit: string): void {
    this.move(this.instance.project(ref), branch, commit);
  }

  createBranch(ref: ProjectRef, branch: string, from?: string): void {
    const project = this.instance.project(ref);
    const start = from ?? project.repository.defaultBranch ?? '';
    const commit = project.repository.resolve(start);
    if (!commit) throw new Error(`the fake GitLab has no ${start} to start ${branch} from`);
    this.move(project, branch, commit.id);
  }

  deleteBranch(ref: ProjectRef, branch: string): void {
    this.instance.pushes.moveBranch(this.instance.project(ref), branch, null, this.teammate());
    this.instance.jobs.settle();
  }

  /** Renames the default branch. The old name no longer exists. */
  renameDefaultBranch(ref: ProjectRef, name: string): void {
    const project = this.instance.project(ref);
    const old = project.repository.defaultBranch ?? '';
    this.createBranch(project, name, old);
    project.repository.pointHeadTo(name);
    project.protections = project.protections.map((rule) => (rule.name === old ? { ...rule, name } : rule));
    this.deleteBranch(project, old);
  }

  /** Forgets commits that neither a branch nor a merge request reaches any more. */
  collectGarbage(ref: ProjectRef): void {
    const project = this.instance.project(ref);
    const { objects } = project.repository;
    const family = this.instance.projects.all.filter(({ repository }) => repository.objects === objects);
    const heads = family.flatMap(({ repository }) => [...repository.branches.values()]);
    const kept = this.instance.mergeRequests.about(project).flatMap(({ diff }) => (diff ? [diff.head] : []));
    project.repository.collectGarbage([...heads, ...kept]);
  }

  head(ref: ProjectRef, branch: string): string {
    return this.headCommit(this.instance.project(ref), branch).id;
  }

  /** Returns the commits up to a branch or commit, newest first. */
  log(ref: ProjectRef, from: string): CommitObject[] {
    const project = this.instance.project(ref);
    return [...project.repository.history.log([this.commit(project, from).id])];
  }

  /** Returns path → entry of every file at a branch or commit. */
  tree(ref: ProjectRef, at: string): ReadonlyMap<string, Entry> {
    const project = this.instance.project(ref);
    return project.repository.objects.files(this.commit(project, at).tree);
  }

  /** Returns the bytes at a path of a branch or commit; null if there is no such file. */
  read(ref: ProjectRef, at: string, path: string): Buffer | null {
    const entry = this.tree(ref, at).get(path);
    return (entry && this.instance.project(ref).repository.objects.blob(entry.id)) ?? null;
  }

  private stack(
    repository: Repository,
    start: CommitObject | undefined,
    commits: TeammateCommit | readonly TeammateCommit[],
  ): string {
    let head = start;
    for (const commit of [commits].flat()) {
      const tree = new TreeEditor(repository.objects, head?.tree ?? repository.objects.emptyTree);
      head = this.write(repository, tree, head ? [head.id] : [], commit);
    }
    if (!head) throw new Error('a push needs a commit');
    return head.id;
  }

  private write(
    repository: Repository,
    tree: TreeEditor,
    parents: readonly string[],
    { files = {}, rename = {}, message, author, at = this.instance.clock.now() }: TeammateCommit,
  ): CommitObject {
    for (const [from, to] of Object.entries(rename))
      renameIn(tree, repository.objects.files(tree.write()), from, to);
    for (const [path, spec] of Object.entries(files)) put(tree, path, entryOf(repository, spec));
    const { name, email } = author ?? this.teammate();
    const signature: Signature = { name, email, at };
    const text = message ?? `Change ${[...Object.keys(rename), ...Object.keys(files)].join(', ')}`;
    return repository.objects.writeCommit({
      tree: tree.write(),
      parents,
      author: signature,
      committer: signature,
      message: `${text}\n`,
    });
  }

  private move(project: Project, branch: string, commit: string): string {
    const taken = project.repository.branchInTheWayOf(branch);
    if (taken) throw new Error(`cannot lock ref 'refs/heads/${branch}': 'refs/heads/${taken}' exists`);
    this.instance.pushes.moveBranch(project, branch, commit, this.teammate());
    this.instance.jobs.settle();
    return commit;
  }

  private teammate(): User {
    return this.instance.givenUser('teammate');
  }

  private headCommit(project: Project, branch: string): CommitObject {
    const head = project.repository.head(branch);
    if (!head) throw new Error(`the fake GitLab has no branch ${branch}`);
    return head;
  }

  private commit(project: Project, at: string): CommitObject {
    const commit = project.repository.resolve(at);
    if (!commit) throw new Error(`the fake GitLab has no commit ${at}`);
    return commit;
  }
}
