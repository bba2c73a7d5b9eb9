import { commitOf, isNoCommit, type PushHint } from './push-hint';

/** Target and base commit that a relevant push must match. */
export interface Expected {
  readonly projectId: number;
  /** Last known path of the project. */
  readonly pathWithNamespace: string;
  readonly branch: string;
  /** True if changes on GitLab are pulled without a person's request. */
  readonly autoPull: boolean;
  /** Last common commit of both sides; null if there is none, or it is about to change. */
  readonly baseCommit: string | null;
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
  if (!mayBePush(event, hint)) return 'other_event';
  if (hint.projectId !== undefined && hint.projectId !== String(expected.projectId)) return 'other_project';
  if (hint.ref !== undefined && hint.ref !== `refs/heads/${expected.branch}`) return 'other_branch';
  if (isOwnCommit(hint, expected) && !namesMove(hint, expected)) return 'own_commit';
  if (!expected.autoPull) return 'auto_pull_off';
  return repeated ? 'duplicate' : null;
}

/**
 * Returns the commit at which the sync may skip reading the branch: the one that all these pushes announce. Returns
 * null if they differ, a branch was recreated, or the project seems to have moved.
 */
export function announcedBy(
  hints: readonly PushHint[],
  expected: Pick<Expected, 'pathWithNamespace'>,
): string | null {
  const commits = hints.map((hint) =>
    isNoCommit(hint.before) || namesMove(hint, expected) ? null : commitOf(hint),
  );
  return new Set(commits).size === 1 ? commits[0] : null;
}

/**
 * Returns whether the event may be a push. An instance-wide hook calls all its events `System Hook` and names them in
 * the body. A project's hook names the event in the header.
 */
function mayBePush(event: string | null, { kind = 'push' }: PushHint): boolean {
  return event === null || event === 'System Hook' ? kind === 'push' : event === 'Push Hook';
}

/**
 * Returns whether the push is our own commit. A recreated branch never counts as ours: the sync may have stopped
 * because it was deleted.
 */
function isOwnCommit({ before, after }: PushHint, { baseCommit }: Expected): boolean {
  return after !== undefined && after === baseCommit && !isNoCommit(before);
}

/** Returns whether the project seems to have moved. The sync verifies that when it reads the branch. */
function namesMove(
  { projectPath }: PushHint,
  { pathWithNamespace }: Pick<Expected, 'pathWithNamespace'>,
): boolean {
  return projectPath !== undefined && projectPath !== pathWithNamespace;
}
