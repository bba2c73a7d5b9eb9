import type { CommitObject } from '../../git/git-objects';
import { mergeTrees } from '../../git/three-way';
import { TreeEditor } from '../../git/tree-editor';
import type { FakeGitLabInstance } from '../fake-gitlab-instance';
import { MAINTAINER, type Caller, type Project, type Token, type User } from '../model';
import type { ProjectRef } from '../projects';
import { entryOf, put, type FileSpec } from '../teammate-files';
import type { MergeOptions, MergeRequest } from './model';
import { Replay } from './replay';

type Files = Readonly<Record<string, FileSpec>>;

/** Ways to bring a source branch into the target without GitLab's button. */
export type ByHand = 'merge' | 'squash' | 'fast-forward' | 'rebase';

/** Acts as a maintainer who reviews merge requests, on GitLab's pages and with git. */
export class Reviewer {
  private token: Token | undefined;

  constructor(private readonly instance: FakeGitLabInstance) {}

  /** Returns the merge request; by default the newest one. */
  find(ref: ProjectRef, iid?: number): MergeRequest {
    const { mergeRequests } = this.instance.project(ref);
    const found = iid === undefined ? [...mergeRequests.values()].at(-1) : mergeRequests.get(iid);
    if (!found) throw new Error(`the fake GitLab has no merge request ${iid ?? ''}`);
    return found;
  }

  /** Opens a merge request of the reviewer's own. */
  open(
    ref: ProjectRef,
    source: string,
    target: string,
    more: { readonly title?: string; readonly description?: string; readonly into?: ProjectRef } = {},
  ): MergeRequest {
    const project = this.instance.project(ref);
    const into = this.instance.project(more.into ?? ref);
    const caller = this.caller(into);
    this.caller(project);
    const mr = this.instance.mergeRequests
      .check(caller, project, {
        source_branch: source,
        target_branch: target,
        title: more.title ?? `Merge ${source}`,
        description: more.description ?? '',
        target_project_id: into.id,
      })
      .write();
    this.instance.jobs.settle();
    return mr;
  }

  /** Presses "Merge". @throws Refused as the API does */
  merge(ref: ProjectRef, iid?: number, options: MergeOptions = {}): void {
    const mr = this.find(ref, iid);
    this.instance.mergeRequests.merging.merge(mr, this.user(mr.project), options);
    this.instance.jobs.settle();
  }

  /** Merges with git and pushes the target. `leaveOut` is the number of the newest commits that stay behind. */
  mergeByHand(
    ref: ProjectRef,
    how: ByHand,
    { iid, leaveOut = 0 }: { iid?: number; leaveOut?: number } = {},
  ): void {
    const mr = this.find(ref, iid);
    const { repository } = mr.project;
    const target = repository.head(mr.target)!;
    const [from] = [
      ...repository.history.log([mr.sourceProject.repository.head(mr.source)!.id], { firstParent: true }),
    ].slice(leaveOut);
    this.push(mr.project, mr.target, this.joined(mr, how, target, from));
  }

  close(ref: ProjectRef, iid?: number): void {
    this.update(ref, { state_event: 'close' }, iid);
  }

  reopen(ref: ProjectRef, iid?: number): void {
    this.update(ref, { state_event: 'reopen' }, iid);
  }

  /** Edits the title, the description or the target branch. */
  edit(
    ref: ProjectRef,
    change: { readonly title?: string; readonly description?: string; readonly target?: string },
    iid?: number,
  ): void {
    const { target: target_branch, ...texts } = change;
    this.update(ref, { ...texts, target_branch }, iid);
  }

  /** Commits to the source branch: a suggestion, or an edit in the web editor. Returns the commit. */
  commit(ref: ProjectRef, files: Files, { iid, message }: { iid?: number; message?: string } = {}): string {
    const mr = this.find(ref, iid);
    const head = mr.sourceProject.repository.head(mr.source)!;
    const text =
      message ?? `Apply ${Object.keys(files).length} suggestion(s) to ${Object.keys(files).length} file(s)`;
    return this.push(
      mr.sourceProject,
      mr.source,
      this.write(mr.sourceProject, head.tree, [head.id], text, files),
    );
  }

  /** Merges the target into the source branch on GitLab's page; `files` has the text of each file in conflict. */
  resolveConflicts(ref: ProjectRef, files: Files, iid?: number): string {
    const mr = this.find(ref, iid);
    const { objects, history } = mr.project.repository;
    const [head, target] = [
      mr.sourceProject.repository.head(mr.source)!,
      mr.project.repository.head(mr.target)!,
    ];
    const base = history.mergeBase(head.id, target.id)?.tree ?? objects.emptyTree;
    const { tree, conflicts } = mergeTrees(objects, base, head.tree, target.tree);
    const left = conflicts.filter((path) => !(path in files));
    if (left.length) throw new Error(`still in conflict: ${left.join(', ')}`);
    const message = `Merge branch '${mr.target}' into '${mr.source}'`;
    const commit = this.write(mr.sourceProject, tree, [head.id, target.id], message, files);
    return this.push(mr.sourceProject, mr.source, commit);
  }

  /** Presses "Rebase". */
  rebase(ref: ProjectRef, iid?: number): void {
    const mr = this.find(ref, iid);
    this.instance.mergeRequests.rebasing.start(mr, this.user(mr.project));
    this.instance.jobs.settle();
  }

  deleteSourceBranch(ref: ProjectRef, iid?: number): void {
    const mr = this.find(ref, iid);
    this.instance.pushes.moveBranch(mr.sourceProject, mr.source, null, this.user(mr.project));
    this.instance.jobs.settle();
  }

  private joined(mr: MergeRequest, how: ByHand, target: CommitObject, from: CommitObject): CommitObject {
    const { project } = mr;
    const { objects, history } = project.repository;
    if (how === 'fast-forward') {
      if (!history.ancestors([from.id]).has(target.id)) throw new Error('not possible to fast-forward');
      return from;
    }
    if (how === 'rebase') {
      const commits = history.between(target.id, from.id).map(({ id }) => id);
      const replayed = new Replay(this.instance, project.repository).onto(
        target,
        commits,
        this.user(project),
      );
      if (replayed === 'conflict') throw new Error('the rebase has conflicts');
      return replayed;
    }
    const base = history.mergeBase(target.id, from.id)?.tree ?? objects.emptyTree;
    const { tree, conflicts } = mergeTrees(objects, base, target.tree, from.tree);
    if (conflicts.length) throw new Error(`automatic merge failed: ${conflicts.join(', ')}`);
    const squashed = how === 'squash';
    const message = squashed ? `Squash ${mr.source}` : `Merge branch '${mr.source}'`;
    return this.write(project, tree, squashed ? [target.id] : [target.id, from.id], message, {});
  }

  private update(ref: ProjectRef, body: Record<string, unknown>, iid?: number): void {
    const mr = this.find(ref, iid);
    this.instance.mergeRequests.update(this.caller(mr.project), mr, body);
    this.instance.jobs.settle();
  }

  private write(
    { repository }: Project,
    treeId: string,
    parents: readonly string[],
    message: string,
    files: Files,
  ): CommitObject {
    const { name, email } = this.instance.givenUser('reviewer');
    const by = { name, email, at: this.instance.clock.now() };
    const tree = new TreeEditor(repository.objects, treeId);
    for (const [path, spec] of Object.entries(files)) put(tree, path, entryOf(repository, spec));
    return repository.objects.writeCommit({
      tree: tree.write(),
      parents,
      author: by,
      committer: by,
      message,
    });
  }

  private push(project: Project, branch: string, commit: CommitObject): string {
    this.instance.pushes.moveBranch(project, branch, commit.id, this.user(project));
    this.instance.jobs.settle();
    return commit.id;
  }

  /** Every project that a reviewer acts in has them as a maintainer. */
  private user(project: Project): User {
    const user = this.instance.givenUser('reviewer');
    project.members.set(user.id, MAINTAINER);
    return user;
  }

  private caller(project: Project): Caller {
    const user = this.user(project);
    this.token ??= this.instance.givenToken(user);
    return { user, token: this.token };
  }
}
