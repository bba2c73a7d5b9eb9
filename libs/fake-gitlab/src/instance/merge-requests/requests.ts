import { badRequest, Refused } from '../refusal';

type Raw = Readonly<Record<string, unknown>>;

const LONGEST_TITLE = 255;
const LARGEST_DESCRIPTION = 1024 * 1024;

/** Values that a caller sent for a merge request; undefined for those it left out. */
export interface Wanted {
  readonly source?: string;
  readonly target?: string;
  readonly title?: string;
  readonly description?: string;
  readonly targetProjectId?: number;
  readonly removeSourceBranch?: boolean;
  readonly squash?: boolean;
  readonly stateEvent?: string;
}

const UPDATES = [
  ...['assignee_id', 'assignee_ids', 'description', 'labels', 'milestone_id', 'remove_source_branch'],
  ...['state_event', 'target_branch', 'title', 'discussion_locked', 'squash', 'reviewer_ids'],
];

/** Requires the parameters of a creation (docs/gitlab-api.md#create-a-merge-request). */
export function parseCreation(raw: Raw): Wanted & Required<Pick<Wanted, 'source' | 'target' | 'title'>> {
  const missing = ['title', 'source_branch', 'target_branch'].filter((key) => raw[key] === undefined);
  if (missing.length) throw missingParameters(missing.map((key) => `${key} is missing`).join(', '));
  const wanted = parse(raw);
  return { ...wanted, source: wanted.source ?? '', target: wanted.target ?? '', title: wanted.title ?? '' };
}

/** Requires at least one parameter. */
export function parseUpdate(raw: Raw): Wanted {
  if (!UPDATES.some((key) => raw[key] !== undefined))
    throw missingParameters(`${UPDATES.join(', ')} are missing, at least one parameter must be provided`);
  if (raw.state_event !== undefined && !['close', 'reopen'].includes(String(raw.state_event)))
    throw missingParameters('state_event does not have a valid value');
  return parse(raw);
}

function parse(raw: Raw): Wanted {
  return {
    source: text(raw, 'source_branch'),
    target: text(raw, 'target_branch'),
    title: text(raw, 'title'),
    description: text(raw, 'description'),
    targetProjectId: raw.target_project_id === undefined ? undefined : Number(raw.target_project_id),
    removeSourceBranch: flag(raw.remove_source_branch),
    squash: flag(raw.squash),
    stateEvent: text(raw, 'state_event'),
  };
}

/** Returns the faults of the texts by attribute, as a model's validation reports them. */
export function textFaults({ title, description }: Wanted): Record<string, readonly string[]> {
  const faults: Record<string, readonly string[]> = {};
  if (title !== undefined && !title.trim()) faults.title = ["can't be blank"];
  if (title !== undefined && [...title].length > LONGEST_TITLE)
    faults.title = [`is too long (maximum is ${LONGEST_TITLE} characters)`];
  if (description !== undefined && Buffer.byteLength(description) > LARGEST_DESCRIPTION)
    faults.description = ['is too long (maximum is 1 MiB)'];
  return faults;
}

export function invalid(attributes: Record<string, readonly string[]>): Refused {
  return new Refused({ is: 'invalid', status: 400, attributes });
}

function missingParameters(error: string): Refused {
  return new Refused({ is: 'bad-parameter', status: 400, error });
}

function text(raw: Raw, key: string): string | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw badRequest(`${key} must be a string`);
  return value;
}

function flag(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}
