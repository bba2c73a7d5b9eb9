import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type {
  BranchChoice,
  Conflict,
  Delivery,
  FileState,
  HistoryEntry,
  Notifications,
  NotificationsChange,
  Page,
  Plan,
  ProjectChoice,
  Run,
  RunChange,
  Status,
  TestResult,
} from '../../../apps/panel/src/contract';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  readonly token: string;
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly detail: string }[];
}

type Answer = (asked: Asked, ...captured: string[]) => unknown;
const NO_CONTENT = Symbol('no content');

/**
 * The contract of the API, played in memory for the page: one org whose state a test sets, and which the page's requests change as
 * the contract says. For what takes long to bring about with the real service, or cannot be seen there at will.
 */
export class FakeDot {
  status: Status;
  runs: Run[] = [];
  files: FileState[] = [];
  conflicts: Conflict[] = [];
  history: HistoryEntry[] = [];
  pending: HistoryEntry[] = [];
  projects: ProjectChoice[] = [];
  branches: BranchChoice[] = [];
  deliveries: Delivery[] = [];
  plan: Plan = { head: null, push: [], pull: [], conflicts: [], quarantined: [], warnings: [] };
  readonly changes = new Map<string, RunChange[]>();
  /** Texts by version id, by path, and by `gitlab:path`. */
  readonly texts = new Map<string, string>();
  readonly secret = 'secret-0123456789';
  readonly signingToken = 'whsec_0123456789';
  readonly asked: Asked[] = [];
  /** The answers given instead, by method and path: "POST /gitlab/push". */
  readonly refusals = new Map<string, Refusal>();
  notifications: Notifications = {
    deliveredBy: 'channels',
    webhook: null,
    slack: null,
    email: [],
    emailAvailable: true,
    channels: [],
  };
  tested: readonly TestResult[] = [];
  /** Answers nothing at all while it is set. */
  silent = false;
  /** Tokens that are taken. */
  accepts = (_token: string): boolean => true;
  private readonly streams = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    status: Status,
  ) {
    this.status = status;
  }

  static async start(status: Status): Promise<FakeDot> {
    const server = createServer();
    const fake = new FakeDot(server, status);
    server.on('request', (request, response) => void fake.respond(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Returns the number of open event streams. */
  get listeners(): number {
    return this.streams.size;
  }

  /** Sets parts of the status and sends it to all event streams. */
  change(more: Partial<Status>): void {
    this.status = { ...this.status, ...more };
    for (const stream of this.streams) this.tell(stream);
  }

  changeSync(more: Partial<Status['sync']>): void {
    this.change({ sync: { ...this.status.sync, ...more } });
  }

  /** Requests that change something. */
  get acts(): string[] {
    return this.asked.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
  }

  dropStreams(): void {
    for (const stream of this.streams) stream.destroy();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private readonly routes: [string, RegExp, Answer][] = [
    ['GET', /^\/gitlab$/, () => this.status],
    ['PUT', /^\/gitlab\/connection$/, () => this.connected()],
    ['PATCH', /^\/gitlab\/connection$/, () => this.connected()],
    ['POST', /^\/gitlab\/connection\/check$/, () => ({ ...this.status.connection, checks: [] })],
    ['DELETE', /^\/gitlab\/connection$/, () => this.disconnected()],
    [
      'GET',
      /^\/gitlab\/projects$/,
      (asked) => this.page(this.projects, asked, ({ pathWithNamespace }) => pathWithNamespace),
    ],
    [
      'GET',
      /^\/gitlab\/projects\/\d+\/branches$/,
      (asked) => this.page(this.branches, asked, ({ name }) => name),
    ],
    ['POST', /^\/gitlab\/plan$/, () => this.plan],
    ['PATCH', /^\/gitlab\/project$/, ({ body }) => this.configure(body)],
    ['DELETE', /^\/gitlab\/project$/, () => this.unconfigured()],
    ['POST', /^\/gitlab\/(push|pull)$/, (_, kind) => this.requested(kind as Run['kind'])],
    ['POST', /^\/gitlab\/merge-request\/(propose|discard)$/, (_, how) => this.decided(how as Run['intent'])],
    ['GET', /^\/gitlab\/runs$/, (asked) => this.page(this.runs, asked)],
    ['GET', /^\/gitlab\/runs\/([^/]+)$/, (_, id) => this.runs.find((run) => run.id === id)],
    [
      'GET',
      /^\/gitlab\/runs\/([^/]+)\/changes$/,
      (asked, id) => this.page(this.changes.get(id) ?? [], asked),
    ],
    ['POST', /^\/gitlab\/runs\/([^/]+)\/(confirm|keep|cancel)$/, (_, id, how) => this.answered(id, how)],
    ['GET', /^\/gitlab\/files$/, (asked) => this.page(this.inState(asked.query.get('state')), asked)],
    ['POST', /^\/gitlab\/files\/release$/, ({ body }) => this.released(String(body.path))],
    ['GET', /^\/gitlab\/files\/(.+)$/, (_, path) => this.texts.get(`gitlab:${decodeURIComponent(path)}`)],
    ['GET', /^\/gitlab\/conflicts$/, (asked) => this.page(this.conflicts, asked)],
    ['POST', /^\/gitlab\/conflicts\/([^/]+)\/(restore|dismiss)$/, (_, id, how) => this.settled(id, how)],
    ['GET', /^\/gitlab\/webhook\/secret$/, () => ({ secret: this.secret, signingToken: this.signingToken })],
    [
      'POST',
      /^\/gitlab\/webhook\/register$/,
      () => ({ ...this.status.webhook, test: { ok: true, detail: '' } }),
    ],
    [
      'POST',
      /^\/gitlab\/webhook\/rotate$/,
      () => ({
        ...this.status.webhook,
        secret: 'another-secret',
        signingToken: 'another-signing-token',
        handover: { done: true, detail: 'GitLab has the new secret.' },
      }),
    ],
    ['GET', /^\/gitlab\/notifications$/, () => this.notifications],
    ['PUT', /^\/gitlab\/notifications$/, ({ body }) => this.notified(body)],
    ['POST', /^\/gitlab\/notifications\/test$/, () => ({ results: this.tested })],
    ['GET', /^\/gitlab\/webhook\/deliveries$/, (asked) => this.page(this.deliveries, asked)],
    [
      'GET',
      /^\/context\/history$/,
      (asked) => this.page(asked.query.get('pending') ? this.pending : this.history, asked),
    ],
    ['GET', /^\/context\/versions\/(.+)$/, (_, id) => this.texts.get(decodeURIComponent(id))],
    ['GET', /^\/context\/files\/(.+)$/, (_, path) => this.texts.get(decodeURIComponent(path))],
    ['POST', /^\/context\/restore$/, () => ({ revision: 1, changeId: 'c' })],
  ];

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://dot');
    const path = url.pathname.replace(/^\/api\/v1\/orgs\/[^/]+/, '');
    const method = request.method!;
    const token = String(request.headers.authorization).replace('Bearer ', '');
    const typed = request.headers['content-type']?.includes('json');
    const body = typed ? ((await json(request)) as Asked['body']) : {};
    const asked = { method, path, query: url.searchParams, body, token };
    this.asked.push(asked);
    if (this.silent) return void response.destroy();
    const refusal = this.accepts(token)
      ? this.refusals.get(`${method} ${path}`)
      : { status: 401, code: 'unauthenticated' };
    if (refusal)
      return this.send(
        response,
        refusal.status,
        { title: '', type: 'about:blank', detail: '', ...refusal },
        'application/problem+json',
      );
    if (path === '/gitlab/events') return this.listen(response);
    for (const [verb, route, answer] of this.routes) {
      const match = verb === method && route.exec(path);
      if (!match) continue;
      const found = answer(asked, ...match.slice(1));
      if (found === NO_CONTENT) return void response.writeHead(204).end();
      if (typeof found === 'string')
        return void response.writeHead(200, { 'content-type': 'text/markdown' }).end(found);
      if (found !== undefined) return this.send(response, method === 'GET' ? 200 : 202, found);
    }
    this.send(
      response,
      404,
      { code: 'not_found', detail: `There is no ${method} ${path}.`, status: 404 },
      'application/problem+json',
    );
  }

  private send(response: ServerResponse, status: number, body: unknown, type = 'application/json'): void {
    response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
  }

  private listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
    this.tell(response);
  }

  private tell(stream: ServerResponse): void {
    stream.write(`event: status\ndata: ${JSON.stringify(this.status)}\n\n`);
  }

  /** A cursor is the place of the first item of its page. */
  private page<Item>(all: readonly Item[], { query }: Asked, nameOf?: (item: Item) => string): Page<Item> {
    const search = query.get('search');
    const items = search && nameOf ? all.filter((item) => nameOf(item).includes(search)) : all;
    const from = Number(query.get('cursor') ?? 0);
    const end = from + Number(query.get('limit') ?? 50);
    return { items: items.slice(from, end), nextCursor: end < items.length ? String(end) : null };
  }

  private inState(state: string | null): FileState[] {
    return state ? this.files.filter((file) => file.state === state) : this.files;
  }

  private connected() {
    if (this.status.state === 'disconnected') this.change({ state: 'connected' });
    return this.status.connection;
  }

  private disconnected() {
    this.change({ state: 'disconnected', health: 'ok', project: null, webhook: null });
    return NO_CONTENT;
  }

  private unconfigured() {
    this.change({ state: 'connected', health: 'ok', project: null, webhook: null });
    return NO_CONTENT;
  }

  private configure(body: Asked['body']) {
    this.change({ project: { ...this.status.project!, ...body } });
    return this.status.project;
  }

  private notified({ webhook, slack, email }: NotificationsChange) {
    this.notifications = {
      ...this.notifications,
      ...(webhook !== undefined && { webhook: webhook && { url: webhook.url } }),
      ...(slack !== undefined && { slack: slack && { url: new URL(slack.url).origin } }),
      ...(email !== undefined && { email: email ?? [] }),
    };
    return this.notifications;
  }

  private requested(kind: Run['kind']): Run {
    const run: Run = {
      ...this.runs[0],
      id: `asked-${this.runs.length}`,
      kind,
      trigger: 'manual',
      commits: [],
      counts: NO_COUNTS,
    };
    this.runs.unshift(run);
    return run;
  }

  /** The run of a decision on a closed merge request succeeds immediately. */
  private decided(intent: Run['intent']): Run {
    const run = { ...this.requested(intent === 'propose' ? 'push' : 'pull'), intent };
    this.runs[0] = run;
    const { project, files, sync } = this.status;
    const again = intent === 'propose';
    const mergeRequest = { ...project!.mergeRequest!, ...(again && { iid: 8, state: 'opened' as const }) };
    const counts = again ? files : { ...files, inSync: files.total, proposed: 0, dotAhead: 0 };
    this.change({
      ...{ health: 'ok', project: { ...project!, mergeRequest }, files: counts },
      sync: { ...sync, pendingPush: again ? 0 : sync.pendingPush, lastRun: run, error: null },
    });
    return run;
  }

  private answered(id: string, how: string): Run | undefined {
    const run = this.runs.find((one) => one.id === id);
    if (!run) return undefined;
    const putBack = how === 'keep' ? (this.changes.get(id) ?? []).length : 0;
    const commits = putBack && this.status.project!.publish === 'direct' ? ['put-back'] : [];
    const after: Run = {
      ...run,
      status: how === 'cancel' ? 'cancelled' : 'succeeded',
      counts: { ...run.counts, putBack },
      commits,
    };
    this.runs = this.runs.map((one) => (one === run ? after : one));
    const code = 'mass_delete_unconfirmed';
    const error =
      how === 'cancel' && run.status === 'awaiting_confirmation'
        ? { code, detail: run.error!.detail, runId: id }
        : null;
    this.change({ health: error ? 'attention' : 'ok', sync: { ...this.status.sync, lastRun: after, error } });
    return after;
  }

  private released(path: string): Run {
    this.files = this.files.filter((file) => file.path !== path);
    this.changeSync({ quarantined: this.inState('quarantined').length });
    return this.runs[0];
  }

  private settled(id: string, how: string) {
    this.conflicts = this.conflicts.filter((conflict) => conflict.id !== id);
    this.changeSync({ conflicts: this.conflicts.length });
    return how === 'dismiss' ? NO_CONTENT : { revision: 2, changeId: 'c' };
  }
}

export const NO_COUNTS = {
  created: 0,
  updated: 0,
  deleted: 0,
  unchanged: 0,
  conflicts: 0,
  quarantined: 0,
  putBack: 0,
};
