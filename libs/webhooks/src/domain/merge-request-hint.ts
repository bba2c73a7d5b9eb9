import { isWorkBranch, type Watched } from './watched-branches';

/** Merge request as described by an untrusted payload, which may be incomplete: a hint, never a fact. */
export interface MergeRequestHint {
  readonly iid?: number;
  readonly action?: string;
  readonly source?: string;
  readonly target?: string;
  readonly sourceProjectId?: string;
  readonly targetProjectId?: string;
  /** Head of the source branch. */
  readonly head?: string;
  /** Former head; only if a push to the source branch caused the event. */
  readonly before?: string;
}

/** Merge requests that matter: those from the work branch of the configured project. */
export interface WatchedMergeRequests extends Watched {
  readonly projectId: number;
  /** Head of the work branch as the sync knows it; null if it knows none. */
  readonly workCommit: string | null;
}

export type MergeRequestIgnored = 'other_event' | 'other_project' | 'other_branch' | 'own_commit';

/** They change neither branches nor the state of a merge request. */
const WITHOUT_EFFECT = ['approval', 'approved', 'unapproval', 'unapproved'];

/** Returns the reason to ignore an event of a merge request, or null. Only certain irrelevance counts. */
export function reasonToIgnoreMergeRequest(
  hint: MergeRequestHint,
  watched: WatchedMergeRequests,
): MergeRequestIgnored | null {
  if (watched.workBranch === null || WITHOUT_EFFECT.includes(hint.action ?? '')) return 'other_event';
  const project = String(watched.projectId);
  if ((hint.targetProjectId ?? project) !== project) return 'other_project';
  // A fork may have a branch of the same name.
  if ((hint.sourceProjectId ?? project) !== project) return 'other_branch';
  if (hint.source !== undefined && !isWorkBranch(hint.source, watched)) return 'other_branch';
  return isOwnPush(hint, watched) ? 'own_commit' : null;
}

/** GitLab reports every push to a source branch as an update, this service's own pushes too. */
function isOwnPush(
  { action, source, head, before }: MergeRequestHint,
  { workCommit }: WatchedMergeRequests,
): boolean {
  const pushed = action === 'update' && source !== undefined && before !== undefined;
  return pushed && head !== undefined && head === workCommit;
}
