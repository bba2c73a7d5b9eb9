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

/** Branches of the configured project whose merge requests matter. */
export interface WatchedMergeRequests {
  readonly projectId: number;
  /** Each source branch, with the commit that the sync knows as its head; null if it knows none. */
  readonly sources: ReadonlyMap<string, string | null>;
}

export type MergeRequestIgnored = 'other_event' | 'other_project' | 'other_branch' | 'own_commit';

/** They change neither branches nor the state of a merge request. */
const WITHOUT_EFFECT = ['approval', 'approved', 'unapproval', 'unapproved'];

/** Returns the reason to ignore an event of a merge request, or null. Only certain irrelevance counts. */
export function reasonToIgnoreMergeRequest(
  hint: MergeRequestHint,
  { projectId, sources }: WatchedMergeRequests,
): MergeRequestIgnored | null {
  if (!sources.size || WITHOUT_EFFECT.includes(hint.action ?? '')) return 'other_event';
  const project = String(projectId);
  if ((hint.targetProjectId ?? project) !== project) return 'other_project';
  // A fork may have a branch of the same name.
  if ((hint.sourceProjectId ?? project) !== project) return 'other_branch';
  if (hint.source !== undefined && !sources.has(hint.source)) return 'other_branch';
  return isOwnPush(hint, sources) ? 'own_commit' : null;
}

/** GitLab reports every push to a source branch as an update, this service's own pushes too. */
function isOwnPush(
  { action, source, head, before }: MergeRequestHint,
  sources: WatchedMergeRequests['sources'],
): boolean {
  const pushed = action === 'update' && before !== undefined && head !== undefined;
  return pushed && source !== undefined && sources.get(source) === head;
}
