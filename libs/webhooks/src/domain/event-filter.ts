import { reasonToIgnoreMergeRequest } from './merge-request-hint';
import { commitOf, isNoCommit, type PushHint } from './push-hint';

/** Target and commits that a relevant event must match. */
export interface Expected {
  readonly projectId: number;
  /** Last known path of the project. */
  readonly pathWithNamespace: string;
  /** Only pushes to this one announce a commit to the sync. */
  readonly branch: string;
  /** Branches that matter, each with the commit that the sync knows as its head; null if that is about to change. */
  readonly heads: ReadonlyMap<string, string | null>;
  /** True if changes on GitLab are pulled without a person's request. */
  readonly autoPull: boolean;
}

/** Delivery whose sender was verified. */
export interface FilteredEvent {
  /** `X-Gitlab-Event`, unchanged. */
  readonly event: string | null;
  readonly hint: PushHint;
  /** True if the same delivery was accepted before. */
  readonly repeated: boolean;
}

export type Ignored =
  | 'not_configured'
  | 'other_event'
  | 'other_project'
  | 'other_branch'
  | 'own_commit'
  | 'auto_pull_off'
  | 'duplicate';

/** Returns the reason to ignore an event, or null. Only certain irrelevance counts. `expected`: null without a target. */
export function reasonToIgnore(
  { event, hint, repeated }: FilteredEvent,
  expected: Expected | null,
): Ignored | null {
  if (!expected) return 'not_configured';
  const irrelevance = irrelevanceOf(event, hint, expected);
  if (irrelevance) return irrelevance;
  if (!expected.autoPull) return 'auto_pull_off';
  return repeated ? 'duplicate' : null;
}

function irrelevanceOf(event: string | null, hint: PushHint, expected: Expected): Ignored | null {
  const kind = kindOf(event, hint);
  if (kind === 'merge_request') {
    const { projectId, branch, heads } = expected;
    const sources = new Map([...heads].filter(([name]) => name !== branch));
    return reasonToIgnoreMergeRequest(hint.mergeRequest ?? {}, { projectId, sources });
  }
  if (kind !== 'push') return 'other_event';
  if (hint.projectId !== undefined && hint.projectId !== String(expected.projectId)) return 'other_project';
  const branch = branchOf(hint);
  if (branch !== undefined && (branch === null || !expected.heads.has(branch))) return 'other_branch';
  return isOwnCommit(hint, expected) && !namesMove(hint, expected) ? 'own_commit' : null;
}

/**
 * Returns the commit at which the sync may skip reading the branch: the one that all these events announce. Returns
 * null if they differ, concern another branch, recreated the branch, or the project seems to have moved.
 */
export function announcedBy(
  hints: readonly PushHint[],
  expected: Pick<Expected, 'pathWithNamespace' | 'branch'>,
): string | null {
  const commits = hints.map((hint) => {
    const elsewhere = hint.mergeRequest || (branchOf(hint) ?? expected.branch) !== expected.branch;
    return elsewhere || isNoCommit(hint.before) || namesMove(hint, expected) ? null : commitOf(hint);
  });
  return new Set(commits).size === 1 ? commits[0] : null;
}

/**
 * Returns what the event may be. An instance-wide hook calls all its events `System Hook` and names them in the body. A
 * project's hook names the event in the header.
 */
function kindOf(event: string | null, { kind = 'push' }: PushHint): string | null {
  if (event === null || event === 'System Hook') return kind;
  return { 'Push Hook': 'push', 'Merge Request Hook': 'merge_request' }[event] ?? null;
}

/** Returns the pushed branch: undefined if the hint names none, null for a tag. */
function branchOf({ ref }: PushHint): string | null | undefined {
  return ref === undefined ? undefined : (/^refs\/heads\/(.+)$/s.exec(ref)?.[1] ?? null);
}

/**
 * Returns whether the push is our own commit. A recreated branch never counts as ours: the sync may have stopped
 * because it was deleted.
 */
function isOwnCommit(hint: PushHint, { branch, heads }: Expected): boolean {
  const { before, after } = hint;
  return after !== undefined && after === heads.get(branchOf(hint) ?? branch) && !isNoCommit(before);
}

/** Returns whether the project seems to have moved. The sync verifies that when it reads the branch. */
function namesMove(
  { projectPath }: PushHint,
  { pathWithNamespace }: Pick<Expected, 'pathWithNamespace'>,
): boolean {
  return projectPath !== undefined && projectPath !== pathWithNamespace;
}
