import type { MergeRequestHint } from './merge-request-hint';

/** Event as described by an untrusted payload, which may be incomplete: a hint, never a fact. */
export interface PushHint {
  readonly kind?: string;
  readonly projectId?: string;
  readonly projectPath?: string;
  readonly ref?: string;
  readonly before?: string;
  readonly after?: string;
  /** Only for events of merge requests. */
  readonly mergeRequest?: MergeRequestHint;
}

/**
 * Reads the hint from the body. The hint is empty if the body was not kept or cannot be parsed: GitLab admins can
 * also write their own templates.
 */
export function readHint(body: Buffer | null): PushHint {
  const payload = body && parse(body);
  if (typeof payload !== 'object' || payload === null) return {};
  const { object_kind, event_name, project_id, project, ref, before, after, object_attributes } =
    fieldsOf(payload);
  // Instance-wide hooks of old versions have only `event_name`.
  const kind = textOf(object_kind) ?? textOf(event_name);
  const mergeRequest = kind === 'merge_request' ? mergeRequestOf(fieldsOf(object_attributes)) : undefined;
  return {
    ...(mergeRequest && { mergeRequest }),
    kind,
    projectId: idOf(project_id),
    projectPath: textOf(fieldsOf(project).path_with_namespace),
    ref: textOf(ref),
    before: textOf(before),
    after: textOf(after),
  };
}

/** Returns the announced commit of the branch; null for a deleted branch (zeros) and for an invalid commit id. */
export function commitOf({ after }: PushHint): string | null {
  return after && /^[0-9a-f]{40,64}$/.test(after) && !isNoCommit(after) ? after : null;
}

function mergeRequestOf(attributes: Fields): MergeRequestHint {
  const { iid, action, source_branch, target_branch, last_commit, oldrev } = attributes;
  return {
    iid: Number.isSafeInteger(iid) ? (iid as number) : undefined,
    action: textOf(action),
    source: textOf(source_branch),
    target: textOf(target_branch),
    sourceProjectId: idOf(attributes.source_project_id),
    targetProjectId: idOf(attributes.target_project_id),
    head: textOf(fieldsOf(last_commit).id),
    before: textOf(oldrev),
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return null;
  }
}

/** Recognizes GitLab's notation for "no commit": zeros. */
export const isNoCommit = (commit?: string) => commit !== undefined && /^0+$/.test(commit);

/** Limit of a text, above any branch name. Hints are kept in memory while the database is unavailable. */
const LONGEST = 1_000;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const idOf = (value: unknown) => (typeof value === 'number' ? String(value) : textOf(value));

const textOf = (value: unknown) => (typeof value === 'string' && value.length <= LONGEST ? value : undefined);
