import type { FakeGitLabInstance } from './fake-gitlab-instance';
import { DEVELOPER, levelOf, type Caller, type Project, type User } from './model';
import { notFound, Refused } from './refusal';

const STATES = ['pending', 'running', 'success', 'failed', 'canceled', 'skipped'] as const;
export type StatusState = (typeof STATES)[number];

const EVENTS: Readonly<Record<StatusState, string>> = {
  ...{ pending: 'enqueue', running: 'run', success: 'success', failed: 'drop' },
  ...{ canceled: 'cancel', skipped: 'skip' },
};
/** The states that may follow one that is not final (docs/gitlab-api.md#status-transitions). */
const NEXT: Readonly<Partial<Record<StatusState, readonly StatusState[]>>> = {
  pending: ['running', 'success', 'failed', 'canceled', 'skipped'],
  running: ['success', 'failed', 'canceled'],
};
const LONGEST = 255;

export interface StatusRow {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly name: string;
  readonly user: User;
  readonly pipelineId: number;
  readonly createdAt: Date;
  state: StatusState;
  description: string | null;
  targetUrl: string | null;
  finishedAt: Date | null;
  /** True if a newer status of the same name stands for it. */
  retried: boolean;
}

type Raw = Readonly<Record<string, unknown>>;

/** Keeps the statuses of commits, which GitLab shows as jobs of a pipeline (docs/gitlab-api.md#post-a-status). */
export class CommitStatuses {
  private readonly rows = new Map<number, StatusRow[]>();
  private readonly locked = new Set<string>();
  private lastId = 0;

  constructor(private readonly instance: FakeGitLabInstance) {}

  /** Returns the statuses of a commit, oldest first; without `all`, only the newest of each name. */
  of(project: Project, sha: string, { all = false } = {}): readonly StatusRow[] {
    const found = (this.rows.get(project.id) ?? []).filter((row) => row.sha === sha);
    return all ? found : found.filter(({ retried }) => !retried);
  }

  /** Holds the commit's lock, as a slow update of another program does. */
  lock(sha: string): () => void {
    this.locked.add(sha);
    return () => void this.locked.delete(sha);
  }

  /** Checks in GitLab's order: parameters, commit, ref, rights, lock, then the row itself. */
  post(caller: Caller, project: Project, sha: string, raw: Raw): StatusRow {
    const state = stateIn(raw.state);
    const commit = /^[0-9a-f]{40}$/.test(sha) && project.repository.objects.commit(sha);
    if (!commit) throw notFound('Commit');
    const ref = textOf(raw.ref) ?? this.refOf(project, sha);
    this.demandRights(caller, project, ref);
    if (this.locked.has(sha)) throw said(409, 'Another update to this commit status is in progress');
    const name = textOf(raw.name) ?? textOf(raw.context) ?? 'default';
    const fields = { ref, target_url: textOf(raw.target_url), description: textOf(raw.description) };
    for (const [field, value] of Object.entries(fields))
      if (value && [...value].length > LONGEST)
        throw invalid(field, `is too long (maximum is ${LONGEST} characters)`);
    if (fields.target_url && !/^https?:\/\//.test(fields.target_url))
      throw invalid('target_url', 'is blocked: Only allowed schemes are http, https');
    const latest = this.of(project, sha).find(
      (row) => row.ref === ref && row.name === name && row.user === caller.user,
    );
    const open = latest && NEXT[latest.state];
    if (open && !open.includes(state)) throw this.impossible(latest.state, state);
    const row = open ? latest : this.add(caller, project, { sha, ref, name });
    row.state = state;
    row.description = fields.description ?? null;
    row.targetUrl = fields.target_url ?? null;
    row.finishedAt = state in NEXT ? null : this.instance.clock.now();
    return row;
  }

  /** The newest pipeline of the commit, or else the first branch that contains it. */
  private refOf(project: Project, sha: string): string {
    const ref = this.of(project, sha, { all: true }).at(-1)?.ref ?? this.branchWith(project, sha);
    if (!ref) throw notFound('References for commit');
    return ref;
  }

  private branchWith({ repository }: Project, sha: string): string | undefined {
    const heads = [...repository.branches];
    return heads.find(([, head]) =>
      [...repository.history.log([head], {})].some(({ id }) => id === sha),
    )?.[0];
  }

  private demandRights(caller: Caller, project: Project, ref: string): void {
    const { access } = this.instance;
    const allowed =
      levelOf(project, caller.user) >= DEVELOPER &&
      !project.archived &&
      project.repositoryEnabled &&
      access.mayUpdateRef(project, caller, ref);
    if (!allowed) throw new Refused({ is: 'forbidden' });
  }

  private add(caller: Caller, project: Project, what: Pick<StatusRow, 'sha' | 'ref' | 'name'>): StatusRow {
    const rows = this.rows.get(project.id) ?? [];
    const same = rows.filter(({ sha, ref }) => sha === what.sha && ref === what.ref);
    for (const row of same) if (row.name === what.name) row.retried = true;
    const pipelineId = same.at(-1)?.pipelineId ?? ++this.lastId;
    const row: StatusRow = {
      ...{ id: ++this.lastId, ...what, user: caller.user, pipelineId, createdAt: this.instance.clock.now() },
      ...{ state: 'pending', description: null, targetUrl: null, finishedAt: null, retried: false },
    };
    this.rows.set(project.id, [...rows, row]);
    return row;
  }

  private impossible(from: StatusState, to: StatusState): Refused {
    const event = EVENTS[to];
    const reason = `(Reason(s): Status cannot transition via "${event}")`;
    return said(400, `Cannot transition status via :${event} from :${from} ${reason}`);
  }
}

function stateIn(value: unknown): StatusState {
  if (value === undefined) throw badParameter('state is missing');
  const state = STATES.find((known) => known === value);
  if (!state) throw badParameter('state does not have a valid value');
  return state;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const badParameter = (error: string) => new Refused({ is: 'bad-parameter', status: 400, error });
const invalid = (field: string, problem: string) =>
  new Refused({ is: 'invalid', status: 400, attributes: { [field]: [problem] } });
const said = (status: number, message: string) => new Refused({ is: 'message', status, message });
