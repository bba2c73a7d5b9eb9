/** Push as described by an untrusted payload, which may be incomplete: a hint, never a fact. */
export interface PushHint {
  readonly kind?: string;
  readonly projectId?: string;
  readonly projectPath?: string;
  readonly ref?: string;
  readonly before?: string;
  readonly after?: string;
}

/** Target and base commit that a relevant push must match. */
export interface Expected {
  readonly projectId: number;
  /** Last known path of the project. */
  readonly pathWithNamespace: string;
  readonly branch: string;
  /** Last common commit of both sides. */
  readonly baseCommit: string | null;
}

export type Irrelevance = 'other_event' | 'other_project' | 'other_branch' | 'own_commit';

/**
 * Reads the hint from the body. The hint is empty if the body was not kept or cannot be parsed: GitLab admins can
 * also write their own templates.
 */
export function readHint(body: Buffer | null): PushHint {
  const payload = body && parse(body);
  if (typeof payload !== 'object' || payload === null) return {};
  const { object_kind, event_name, project_id, project, ref, before, after } = payload as Record<
    string,
    unknown
  >;
  return {
    // Instance-wide hooks of old versions have only `event_name`.
    kind: textOf(object_kind) ?? textOf(event_name),
    projectId: typeof project_id === 'number' ? String(project_id) : textOf(project_id),
    projectPath: textOf((project as Record<string, unknown> | null | undefined)?.path_with_namespace),
    ref: textOf(ref),
    before: textOf(before),
    after: textOf(after),
  };
}

/** Returns the reason to ignore a delivery, or null. Only certain irrelevance counts. */
export function irrelevance(event: string | null, hint: PushHint, expected: Expected): Irrelevance | null {
  if (!mayBePush(event, hint)) return 'other_event';
  if (hint.projectId !== undefined && hint.projectId !== String(expected.projectId)) return 'other_project';
  if (hint.ref !== undefined && hint.ref !== `refs/heads/${expected.branch}`) return 'other_branch';
  return isOwnCommit(hint, expected) && !namesMove(hint, expected) ? 'own_commit' : null;
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
  return after !== undefined && after === baseCommit && !isZeros(before);
}

/** Returns whether the project seems to have moved. The sync verifies that when it reads the branch. */
function namesMove(
  { projectPath }: PushHint,
  { pathWithNamespace }: Pick<Expected, 'pathWithNamespace'>,
): boolean {
  return projectPath !== undefined && projectPath !== pathWithNamespace;
}

/** Returns the announced commit of the branch; null for a deleted branch (zeros) and for an invalid commit id. */
export function commitOf({ after }: PushHint): string | null {
  return after && /^[0-9a-f]{40,64}$/.test(after) && !isZeros(after) ? after : null;
}

/**
 * Returns the commit at which the sync may skip reading the branch. Returns null if the branch was recreated or the
 * project seems to have moved.
 */
export function announcedBy(hint: PushHint, expected: Pick<Expected, 'pathWithNamespace'>): string | null {
  return isZeros(hint.before) || namesMove(hint, expected) ? null : commitOf(hint);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}

/** Recognizes GitLab's notation for "no commit". */
const isZeros = (commit?: string) => commit !== undefined && /^0+$/.test(commit);

/** Limit of a text, above any branch name. Hints are kept in memory while the database is unavailable. */
const LONGEST = 1_000;

const textOf = (value: unknown) => (typeof value === 'string' && value.length <= LONGEST ? value : undefined);
