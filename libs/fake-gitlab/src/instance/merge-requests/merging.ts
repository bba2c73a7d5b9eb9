import type { CommitObject } from '../../git/git-objects';
import type { FakeGitLabInstance } from '../fake-gitlab-instance';
import { protectionsOf } from '../access';
import { DEVELOPER, fullPath, levelOf } from '../model';
import type { Project, User } from '../model';
import { checkPushRules } from '../push-rules';
import { Refused } from '../refusal';
import { checkedStatus, detailedStatus, isBehind, trialMerge } from './mergeability';
import type { MergeOptions, MergeRequest } from './model';
import type { MergeRequests } from './merge-requests';
import { Replay } from './replay';
import { issuesClosedBy } from './references';

const MOST_RETARGETED = 4;

/** Commits of one merge. */
interface Result {
  readonly head: string;
  readonly mergeCommit: string | null;
  readonly squashCommit: string | null;
}

/** Merges by the project's method (docs/gitlab-api.md#merging). */
export class Merging {
  constructor(
    private readonly instance: FakeGitLabInstance,
    private readonly mergeRequests: MergeRequests,
  ) {}

  /** Merges the stored difference's head, which may lag behind the source branch. @throws Refused */
  merge(mr: MergeRequest, user: User, options: MergeOptions = {}): void {
    if (!this.mayMerge(mr.project, user, mr.target)) throw new Refused({ is: 'unauthenticated' });
    if (mr.state !== 'opened' || detailedStatus(mr, checkedStatus(mr)) !== 'mergeable' || !mr.diff)
      throw refused(405, '405 Method Not Allowed');
    if (options.sha && options.sha !== mr.diff.head)
      throw refused(409, `SHA does not match HEAD of source branch: ${mr.diff.head}`);
    if (options.removeSourceBranch !== undefined) mr.shouldRemoveSourceBranch = options.removeSourceBranch;
    mr.state = 'locked';
    const result = this.write(mr, user, options);
    this.instance.pushes.moveBranch(mr.project, mr.target, result.head, user);
    mr.mergeCommit = result.mergeCommit;
    mr.squashCommit = result.squashCommit;
    this.conclude(mr, user);
    const merged = mr.diff.head;
    this.instance.jobs.add(() => this.removeSource(mr, merged, user));
  }

  /** Marks it as merged, however that came about. */
  conclude(mr: MergeRequest, user: User): void {
    mr.state = 'merged';
    mr.mergedAt = this.instance.clock.now();
    mr.mergedBy = user;
    mr.mergeError = null;
    this.mergeRequests.touch(mr);
    if (mr.project.repository.defaultBranch === mr.target) this.closeIssues(mr);
    const changes = { state_id: { previous: 1, current: 3 } };
    this.mergeRequests.announce({ mergeRequest: mr, action: 'merge', user, changes });
  }

  mayMerge(project: Project, user: User, target: string): boolean {
    if (project.archived) return false;
    const level = levelOf(project, user);
    const rules = protectionsOf(project, target);
    const allowed = ({ mergeLevel, pushLevel }: (typeof rules)[number]) =>
      [mergeLevel, pushLevel].some((needed) => needed > 0 && level >= needed);
    return level >= DEVELOPER && (!rules.length || rules.some(allowed));
  }

  private write(mr: MergeRequest, user: User, options: MergeOptions): Result {
    const { project } = mr;
    const { objects } = project.repository;
    const head = objects.commit(mr.diff!.head)!;
    const target = project.repository.head(mr.target)!;
    const squashed = this.squashes(mr, options) ? this.squash(mr, head, target, user, options) : null;
    const source = squashed ?? this.lined(mr, head, target, user);
    const squashCommit = squashed?.id ?? null;
    if (project.mergeMethod === 'ff') return { head: source.id, mergeCommit: null, squashCommit };
    const at = this.instance.clock.now();
    const by = { name: user.name, email: user.email, at };
    const merge = objects.writeCommit({
      tree: squashed || source === head ? trialMerge(mr)!.tree : source.tree,
      parents: [target.id, source.id],
      author: by,
      committer: by,
      message: this.checked(mr, user, options.mergeMessage ?? mergeMessage(mr)),
    });
    return { head: merge.id, mergeCommit: merge.id, squashCommit };
  }

  private squashes({ project, squash }: MergeRequest, options: MergeOptions): boolean {
    if (project.squashOption === 'always') return true;
    return project.squashOption !== 'never' && (options.squash ?? squash);
  }

  /** One commit stays as it is, unless the merger wrote a message. */
  private squash(
    mr: MergeRequest,
    head: CommitObject,
    target: CommitObject,
    user: User,
    { squashMessage }: MergeOptions,
  ): CommitObject {
    const { objects, history } = mr.project.repository;
    const rebased = mr.project.mergeMethod !== 'merge' && isBehind(mr);
    if (mr.diff!.commits.length === 1 && squashMessage === undefined && !rebased) return head;
    const base = rebased ? target : history.mergeBase(head.id, target.id);
    const at = this.instance.clock.now();
    return objects.writeCommit({
      tree: rebased ? trialMerge(mr)!.tree : head.tree,
      parents: base ? [base.id] : [],
      author: { name: mr.author.name, email: mr.author.email, at },
      committer: { name: user.name, email: user.email, at },
      message: this.checked(mr, user, squashMessage ?? mr.title),
    });
  }

  /** Returns the head to merge: rebased copies of the commits if the method needs one line and the source is behind. */
  private lined(mr: MergeRequest, head: CommitObject, target: CommitObject, user: User): CommitObject {
    if (mr.project.mergeMethod === 'merge' || !isBehind(mr)) return head;
    const replayed = new Replay(this.instance, mr.project.repository).onto(target, mr.diff!.commits, user);
    if (replayed === 'conflict') throw this.failed(mr, 'Rebase failed. Please rebase locally');
    return replayed;
  }

  /** Checks the message against the push rules, as git does with the push of the merge. */
  private checked(mr: MergeRequest, user: User, message: string): string {
    try {
      const email = user.email;
      checkPushRules(mr.project.pushRules, {
        branch: null,
        message,
        committer: email,
        author: email,
        files: [],
      });
      return message;
    } catch (error) {
      const said =
        error instanceof Refused && error.refusal.is === 'commit-refused' ? error.refusal.said : '';
      throw this.failed(mr, `Something went wrong during merge pre-receive hook. ${said}`.trim());
    }
  }

  private failed(mr: MergeRequest, mergeError: string): Refused {
    mr.state = 'opened';
    mr.mergeError = mergeError;
    return refused(422, 'Branch cannot be merged');
  }

  /** Looks at the branch again: one that got commits since is kept. */
  private removeSource(mr: MergeRequest, merged: string, user: User): void {
    const { sourceProject: project, source } = mr;
    const wanted = mr.shouldRemoveSourceBranch ?? mr.forceRemoveSourceBranch ?? false;
    const kept =
      !wanted ||
      project.repository.head(source)?.id !== merged ||
      project.repository.defaultBranch === source ||
      protectionsOf(project, source).length > 0 ||
      levelOf(project, user) < DEVELOPER;
    if (kept) return;
    this.instance.pushes.moveBranch(project, source, null, user);
    [...project.mergeRequests.values()]
      .filter((other) => other.state === 'opened' && other.target === source)
      .slice(0, MOST_RETARGETED)
      .forEach((other) => this.mergeRequests.retarget(other, mr.target, user));
  }

  private closeIssues({ project, title, description, diff }: MergeRequest): void {
    const messages = (diff?.commits ?? []).map((id) => project.repository.objects.commit(id)?.message ?? '');
    project.closedIssues.push(...issuesClosedBy([title, description, ...messages].join('\n')));
  }
}

function mergeMessage({ iid, source, target, title, project }: MergeRequest): string {
  return `Merge branch '${source}' into '${target}'\n\n${title}\n\nSee merge request ${fullPath(project)}!${iid}`;
}

function refused(status: number, message: string): Refused {
  return new Refused({ is: 'message', status, message });
}
