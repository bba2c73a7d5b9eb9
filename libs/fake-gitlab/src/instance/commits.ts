import { GitAttributes } from '../git/attributes';
import type { CommitObject } from '../git/git-objects';
import { TreeEditor } from '../git/tree-editor';
import { PUSH_REFUSED } from './access';
import { branchNameFault } from './branches';
import { CommitActions, cleanPath } from './commit-actions';
import { parseCommitRequest } from './commit-request';
import type { Action, CommitRequest } from './commit-request';
import type { FakeGitLabInstance } from './fake-gitlab-instance';
import type { Caller, Project } from './model';
import { checkPushRules } from './push-rules';
import { badRequest, commitRefused, Refused } from './refusal';

/** A commit that passed all checks before git is changed. */
export interface CheckedCommit {
  write(): CommitObject;
}

/**
 * Serves `POST /projects/:id/repository/commits`, in GitLab's order of checks and in its words
 * (docs/gitlab-api.md#commit-answers).
 */
export class Commits {
  constructor(private readonly instance: FakeGitLabInstance) {}

  /**
   * Performs all checks up to that of `last_commit_id`. `write` reads the head again, so it overwrites a push in
   * between, as GitLab does (docs/gitlab-api.md#last_commit_id).
   */
  check(caller: Caller, project: Project, raw: Readonly<Record<string, unknown>>): CheckedCommit {
    if (raw.branch !== undefined && typeof raw.branch !== 'string')
      throw badRequest('branch must be a string');
    if (!this.instance.access.mayPush(project, caller, raw.branch ?? ''))
      throw new Refused({ is: 'forbidden', why: PUSH_REFUSED });
    const request = parseCommitRequest(raw, this.instance.features.has('commit-allow-empty'));
    this.checkStart(project, request);
    this.checkLastCommits(project, request);
    return { write: () => this.write(caller, project, request) };
  }

  private checkStart(
    { repository }: Project,
    { branch, startBranch = branch, startSha, force }: CommitRequest,
  ) {
    if (startSha && !/^[0-9a-f]{40}$/.test(startSha))
      throw commitRefused('invalid', `Invalid start_sha '${startSha}'`);
    if (startSha && !repository.objects.commit(startSha))
      throw commitRefused('no-start', `Cannot find start_sha '${startSha}'`, startSha);
    if (!startSha && !repository.empty && !repository.branches.has(startBranch))
      throw commitRefused(
        'no-branch',
        'You can only create or edit files when you are on a branch',
        startBranch,
      );
    const elsewhere = startSha !== undefined || startBranch !== branch;
    if (elsewhere && !force && repository.branches.has(branch))
      throw commitRefused(
        'branch-exists',
        `A branch called '${branch}' already exists. Switch to that branch in order to make changes`,
      );
    if (repository.branches.has(branch)) return;
    if (branchNameFault(branch))
      throw commitRefused(
        'branch-name',
        `Something went wrong when we tried to create '${branch}' for you: Branch name is invalid`,
      );
    const taken = repository.branchInTheWayOf(branch);
    if (taken) throw commitRefused('branch-name-taken', nameTaken(branch, taken));
  }

  /**
   * Compares histories, not content. Passes if either commit never contained the path
   * (docs/gitlab-api.md#last_commit_id).
   */
  private checkLastCommits(
    { repository }: Project,
    { branch, startBranch = branch, actions }: CommitRequest,
  ): void {
    const head = repository.head(startBranch);
    for (const { path, lastCommitId } of actions.flatMap(guardedPath)) {
      const seen = repository.resolve(lastCommitId);
      const now = head && repository.history.lastTouching(head.id, path);
      const then = seen && repository.history.lastTouching(seen.id, path);
      if (now && then && now.id !== then.id)
        throw commitRefused('changed', `The file has changed since you started editing it: ${path}`, path);
    }
  }

  private write({ user }: Caller, project: Project, request: CommitRequest): CommitObject {
    const { repository } = project;
    const { branch, startBranch = branch, startSha, message } = request;
    const parent = startSha ? repository.objects.commit(startSha) : repository.head(startBranch);
    const treeBefore = parent?.tree ?? repository.objects.emptyTree;
    const tree = new TreeEditor(repository.objects, treeBefore);
    const attributes = project.lfsEnabled ? GitAttributes.parse(repository.objects, treeBefore) : null;
    const actions = new CommitActions(repository, tree, attributes);
    for (const action of request.actions) actions.apply(action);
    checkPushRules(project.pushRules, {
      branch: repository.defaultBranch === branch ? null : branch,
      message,
      committer: user.email,
      author: request.authorEmail ?? user.email,
      files: request.actions.map(({ filePath: path, content }) => ({ path, content })),
    });
    const at = this.instance.clock.now();
    const commit = repository.objects.writeCommit({
      tree: tree.write(),
      parents: parent ? [parent.id] : [],
      author: { name: request.authorName ?? user.name, email: request.authorEmail ?? user.email, at },
      committer: { name: user.name, email: user.email, at },
      message,
    });
    this.instance.pushes.moveBranch(project, branch, commit.id, user);
    return commit;
  }
}

/** Returns the path whose history `last_commit_id` guards; null for a creation. */
function guardedPath({ action, filePath, previousPath, lastCommitId }: Action) {
  if (!lastCommitId || action === 'create') return [];
  return [{ path: cleanPath(previousPath ?? filePath), lastCommitId }];
}

/** Gitaly's text for a conflict of names. */
function nameTaken(branch: string, taken: string): string {
  return `9:reference update: "refs/heads/${branch}" conflicts with "refs/heads/${taken}"`;
}
