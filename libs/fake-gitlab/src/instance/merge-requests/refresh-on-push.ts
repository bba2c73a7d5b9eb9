import type { FakeGitLabInstance } from '../fake-gitlab-instance';
import type { Project, User } from '../model';
import { NO_COMMIT } from '../pushes';
import type { Push } from '../pushes';
import { diffOf } from './mergeability';
import { isDraft, makesDraft } from './model';
import type { MergeRequest } from './model';
import type { MergeRequestEvent, MergeRequests } from './merge-requests';

/** Does what pushes do to merge requests, in a job for each push (docs/gitlab-api.md#effect-of-pushes-on-a-merge-request). */
export class RefreshOnPush {
  constructor(
    instance: FakeGitLabInstance,
    private readonly mergeRequests: MergeRequests,
  ) {
    instance.pushes.onMove((push) => instance.jobs.add(() => this.refresh(push)));
  }

  private refresh(push: Push): void {
    for (const mr of this.mergeRequests.about(push.project)) {
      if (mr.state !== 'opened' || mr.status === 'preparing') continue;
      if (mr.project === push.project && mr.target === push.branch) this.targetMoved(mr, push);
      if (mr.sourceProject === push.project && mr.source === push.branch) this.sourceMoved(mr, push);
    }
  }

  private sourceMoved(mr: MergeRequest, { after, before, user }: Push): void {
    if (mr.state !== 'opened') return;
    if (after === NO_COMMIT) {
      // A branch that was created again meanwhile does not save the merge request.
      return this.mergeRequests.close(mr, user);
    }
    const known = new Set(mr.diff?.commits);
    const oldrev = mr.diff?.head ?? before;
    mr.diff = diffOf(mr) ?? mr.diff;
    mr.mergeError = null;
    this.mergeRequests.uncheck(mr);
    const { objects } = mr.project.repository;
    const added = (mr.diff?.commits ?? []).filter((id) => !known.has(id));
    const drafts = added.some((id) => makesDraft(objects.commit(id)?.message ?? ''));
    const { title } = mr;
    if (drafts && !isDraft(title)) mr.title = `Draft: ${title}`;
    this.mergeRequests.touch(mr);
    const changes: MergeRequestEvent['changes'] =
      title === mr.title ? {} : { title: { previous: title, current: mr.title } };
    this.mergeRequests.announce({ mergeRequest: mr, action: 'update', user, changes, oldrev });
  }

  private targetMoved(mr: MergeRequest, { project, before, after, user }: Push): void {
    this.mergeRequests.uncheck(mr);
    const { history, objects } = project.repository;
    if (after === NO_COMMIT || !mr.diff || !objects.commit(after)) return;
    if (mr.diff.commits.length && history.ancestors([after]).has(mr.diff.head))
      return this.mergedByPush(mr, before, after, user);
    const forced = before !== NO_COMMIT && !history.ancestors([after]).has(before);
    if (forced) mr.diff = diffOf(mr) ?? mr.diff;
  }

  private mergedByPush(mr: MergeRequest, before: string, after: string, user: User): void {
    mr.mergeCommit = mergeCommitOf(mr.project, before, after, mr.diff!.head);
    this.mergeRequests.merging.conclude(mr, user);
  }
}

/** Returns the commit that brought the head into the branch: the first one of its own line that contains it. */
function mergeCommitOf({ repository }: Project, before: string, after: string, head: string): string {
  let found = after;
  for (let id: string | undefined = after; id && id !== before;) {
    if (!repository.history.ancestors([id]).has(head)) break;
    found = id;
    id = repository.objects.commit(id)?.parents[0];
  }
  return found;
}
