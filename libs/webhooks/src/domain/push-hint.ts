/** What a payload says about a push, as far as it says it: a hint, never a fact. */
export interface PushHint {
  readonly kind?: string;
  readonly projectId?: string;
  readonly projectPath?: string;
  readonly ref?: string;
  readonly before?: string;
  readonly after?: string;
}

/** The pushes an org wants to hear of. */
export interface Expected {
  readonly projectId: number;
  /** The project's path as it is known. */
  readonly pathWithNamespace: string;
  readonly branch: string;
  /** The commit both sides last agreed on. */
  readonly baseCommit: string | null;
}

export type Irrelevance = 'other_event' | 'other_project' | 'other_branch' | 'own_commit';

/** A body that was not kept or cannot be read tells nothing; GitLab lets admins write templates of their own, too. */
export function readHint(body: Buffer | null): PushHint {
  const payload = body && parse(body);
  if (typeof payload !== 'object' || payload === null) return {};
  const { object_kind, event_name, project_id, project, ref, before, after } = payload as Record<
    string,
    unknown
  >;
  return {
    // Instance-wide hooks of old versions have the latter alone.
    kind: textOf(object_kind) ?? textOf(event_name),
    projectId: typeof project_id === 'number' ? String(project_id) : textOf(project_id),
    projectPath: textOf((project as Record<string, unknown> | null | undefined)?.path_with_namespace),
    ref: textOf(ref),
    before: textOf(before),
    after: textOf(after),
  };
}

/** Why a delivery needs no look, or null: only what is surely irrelevant is ignored. */
export function irrelevance(event: string | null, hint: PushHint, expected: Expected): Irrelevance | null {
  if (!mayBePush(event, hint)) return 'other_event';
  if (hint.projectId !== undefined && hint.projectId !== String(expected.projectId)) return 'other_project';
  if (hint.ref !== undefined && hint.ref !== `refs/heads/${expected.branch}`) return 'other_branch';
  return isOwnCommit(hint, expected) && !namesMove(hint, expected) ? 'own_commit' : null;
}

/** An instance-wide hook calls all its events `System Hook`: the body names them. A hook of the project names its events itself. */
function mayBePush(event: string | null, { kind = 'push' }: PushHint): boolean {
  return event === null || event === 'System Hook' ? kind === 'push' : event === 'Push Hook';
}

/** A branch that was made anew is looked at wherever it points to: the sync may have stopped because it was gone. */
function isOwnCommit({ before, after }: PushHint, { baseCommit }: Expected): boolean {
  return after !== undefined && after === baseCommit && !isZeros(before);
}

/** Returns whether the project seems to have moved. The sync finds out as it looks at the branch. */
function namesMove(
  { projectPath }: PushHint,
  { pathWithNamespace }: Pick<Expected, 'pathWithNamespace'>,
): boolean {
  return projectPath !== undefined && projectPath !== pathWithNamespace;
}

/** The commit the branch is said to point to; null for a deleted branch (zeros) and for anything that is no commit id. */
export function commitOf({ after }: PushHint): string | null {
  return after && /^[0-9a-f]{40,64}$/.test(after) && !isZeros(after) ? after : null;
}

/**
 * Returns the commit at which the sync may stop without a look, or null: a branch that was made anew, or is in a project that
 * seems to have moved, is looked at in any case.
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

/** GitLab's way to say that there is no commit. */
const isZeros = (commit?: string) => commit !== undefined && /^0+$/.test(commit);

/** Longer than any branch name; hints are kept while the database is away. */
const LONGEST = 1_000;

const textOf = (value: unknown) => (typeof value === 'string' && value.length <= LONGEST ? value : undefined);
