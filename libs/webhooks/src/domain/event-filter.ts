import { reasonToIgnoreMergeRequest } from './merge-request-hint';
import { isWorkBranch, type Watched } from './watched-branches';
import { commitOf, isNoCommit, type PushHint } from './push-hint';

/** Target and commits that a relevant event must match. */
export interface Expected extends Watched {
  readonly projectId: number;
  /** Last known path of the project. */
  readonly pathWithNamespace: string;
  /** True if changes on GitLab are pulled without a person's request. */
  readonly autoPull: boolean;
  /** Last common commit of both sides; null if there is none, or it is about to change. */
  readonly baseCommit: string | null;
  /** The same of the work branch: its head as last seen. */
  readonly workCommit: string | null;
}

/** Delivery whose sender was verified. */
export interface FilteredEvent {
  /** `X-Gitlab-Event`, unchanged. */
  readonly event: string | null;
  readonly hint: PushHint;
  /** True if the same delivery was accepted before. */
  readonly repeated: boolean;
}

/** Why a delivery leads to no run. */
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
  if (kind === 'merge_request') return reasonToIgnoreMergeRequest(hint.mergeRequest ?? {}, expected);
  if (kind !== 'push') return 'other_event';
  if (hint.projectId !== undefined && hint.projectId !== String(expected.projectId)) return 'other_project';
  const branch = branchOf(hint);
  const elsewhere = branch !== expected.branch && !isWorkBranch(branch ?? '', expected);
  if (branch !== undefined && elsewhere) return 'other_branch';
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
function isOwnCommit(hint: PushHint, { branch, baseCommit, workCommit }: Expected): boolean {
  const { before, after } = hint;
  const own = (branchOf(hint) ?? branch) === branch ? baseCommit : workCommit;
  return after !== undefined && after === own && !isNoCommit(before);
}

/** Returns whether the project seems to have moved. The sync verifies that when it reads the branch. */
function namesMove(
  { projectPath }: PushHint,
  { pathWithNamespace }: Pick<Expected, 'pathWithNamespace'>,
): boolean {
  return projectPath !== undefined && projectPath !== pathWithNamespace;
}
