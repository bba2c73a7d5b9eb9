import { randomUUID } from 'node:crypto';
import type { Delivery } from '@app/webhooks/testing';
import type { Installation } from './installation';
import type { Sample } from './sample';

export interface HotQuery {
  readonly what: string;
  /** Most rows of big tables that it may read, also to leave them out: those it needs, and a few. */
  readonly rows: (sample: Sample) => number;
  /** Tables in which it is meant to count many rows. */
  readonly counts?: readonly string[];
  /** Prepares the state that it finds. */
  readonly given?: (on: Installation) => Promise<unknown>;
  readonly send: (on: Installation, sample: Sample) => Promise<unknown>;
}

const ADA = { name: 'Ada', email: 'ada@example.com' };
const PAGE = { limit: 50 };
const A_WEEK_AGO = new Date(Date.now() - 7 * 86_400_000);
const now = new Date();

const put = (...paths: string[]) => ({
  ...{ id: randomUUID(), author: ADA, message: 'Edit', origin: 'user' as const, at: now },
  edits: paths.map((path) => ({ op: 'put' as const, path, content: Buffer.from(`a new text of ${path}\n`) })),
});
const newPaths = Array.from({ length: 100 }, (_, number) => `notes/new-${number}.md`);

const files: readonly HotQuery[] = [
  {
    what: 'read a file',
    rows: () => 3,
    send: ({ store }, { org, paths }) => store.read(org, paths[0], null),
  },
  { what: 'its text', rows: () => 1, send: ({ store }, { org, blobs }) => store.contents(org, [blobs[0]]) },
  { what: 'the revision', rows: () => 1, send: ({ store }, { org }) => store.revision(org) },
  { what: 'list files', rows: () => 52, send: ({ store }, { org }) => store.list(org, PAGE) },
  {
    what: 'list a directory',
    rows: () => 52,
    send: ({ store }, { org, paths }) =>
      store.list(org, { ...PAGE, prefix: paths[0].slice(0, paths[0].lastIndexOf('/') + 1) }),
  },
  {
    what: 'list a directory that is not there',
    rows: () => 52,
    send: ({ store }, { org }) => store.list(org, { ...PAGE, prefix: 'nothing/' }),
  },
  { what: '100 files', rows: () => 101, send: ({ store }, { org, paths }) => store.files(org, paths) },
  { what: 'their texts', rows: () => 100, send: ({ store }, { org, blobs }) => store.contents(org, blobs) },
  { what: 'every file', rows: ({ files }) => files + 1, send: ({ store }, { org }) => store.snapshot(org) },
];

const history: readonly HotQuery[] = [
  { what: 'history of the org', rows: () => 102, send: ({ store }, { org }) => store.history(org, PAGE) },
  {
    what: 'history of a file',
    rows: () => 102,
    send: ({ store }, { org, paths }) => store.history(org, { ...PAGE, path: paths[0] }),
  },
  { what: 'a version', rows: () => 2, send: ({ store }, { org, version }) => store.version(org, version) },
  {
    what: 'the version before',
    rows: () => 4,
    send: ({ store }, { org, paths, revision }) => store.versionBefore(org, paths[0], revision),
  },
  {
    what: 'commit an edit',
    rows: () => 20,
    send: ({ store }, { org, paths }) => store.commit(org, put(paths[0])),
  },
  {
    what: 'commit a new file',
    rows: () => 20,
    send: ({ store }, { org }) => store.commit(org, put('notes/new.md')),
  },
  {
    what: 'commit 100 new files',
    rows: () => 20,
    send: ({ store }, { org }) => store.commit(org, put(...newPaths)),
  },
  {
    what: '100 changes to push',
    rows: () => 300,
    send: ({ store }, { org, revision }) => store.changesAfter(org, revision - 100, 100),
  },
  {
    what: 'how many changes to push',
    rows: () => 100,
    send: ({ store }, { org, revision }) => store.countMadeInDotAfter(org, revision - 100),
  },
  {
    what: 'changes of a run',
    rows: () => 6,
    send: ({ store }, { org, pulledBy }) => store.changesOfRun(org, pulledBy),
  },
  {
    what: 'note a commit',
    rows: () => 5,
    send: ({ store }, { org, change }) => store.noteCommit(org, change, 'c'.repeat(40), []),
  },
  {
    what: 'prune: a visit',
    rows: () => 5_000,
    send: ({ pruner }, { org }) => pruner.prune(org, null),
  },
];

const sync: readonly HotQuery[] = [
  { what: 'state', rows: () => 1, send: ({ states }, { org }) => states.load(org) },
  {
    what: 'lease: acquire, hold, save, release',
    rows: () => 6,
    send: async ({ states }, { org }) => {
      const { lease } = (await states.acquire(org, 'bench', 30_000))!;
      await states.hold(lease, 30_000);
      await states.save(org, { lastSyncedAt: now });
      await states.release(lease);
    },
  },
  {
    what: 'base around 10 paths',
    rows: () => 60,
    send: ({ base }, { org, paths }) => base.around(org, paths.slice(0, 10)),
  },
  {
    what: 'agree on 100 paths',
    rows: () => 100,
    send: ({ base }, { org, paths }) =>
      base.agree(
        org,
        new Map(paths.map((path) => [path, { remote: 'a', local: 'a', supersededUpTo: 0, seenAt: 'c' }])),
      ),
  },
  { what: 'the whole base', rows: ({ files }) => files, send: ({ base }, { org }) => base.all(org) },
  {
    what: 'how many files in Dot',
    rows: ({ files }) => files,
    send: ({ base }, { org }) => base.countInDot(org),
  },
  {
    what: 'next run',
    rows: () => 3,
    send: ({ runs }, { org }) => runs.next(org, ['initial', 'pull', 'push']),
  },
  { what: 'open runs', rows: () => 3, send: ({ runs }, { org }) => runs.open(org) },
  {
    what: 'request a run',
    rows: () => 6,
    send: ({ runs }, { org }) => runs.request(org, 'pull', 'webhook', now),
  },
  { what: 'a run', rows: () => 1, send: ({ runs }, { org, run }) => runs.find(org, run) },
  { what: 'list runs', rows: () => 51, send: ({ runs }, { org }) => runs.list(org, PAGE) },
  { what: 'list conflicts', rows: () => 51, send: ({ findings }, { org }) => findings.conflicts(org, PAGE) },
  {
    what: 'how many conflicts',
    rows: () => 50,
    send: ({ findings }, { org }) => findings.countConflicts(org),
  },
  { what: 'quarantine', rows: () => 50, send: ({ findings }, { org }) => findings.quarantined(org) },
  {
    what: 'release 100 paths',
    rows: () => 50,
    send: ({ findings }, { org, paths }) => findings.release(org, paths),
  },
  {
    what: 'allowed secrets',
    rows: () => 2,
    send: ({ findings }, { org }) => findings.allowed(org, ['a', 'b']),
  },
  { what: 'target', rows: () => 1, send: ({ targets }, { org }) => targets.find(org) },
  { what: 'connection', rows: () => 1, send: ({ connections }, { org }) => connections.find(org) },
];

const watching: readonly HotQuery[] = [
  { what: "an org's endpoint", rows: () => 1, send: ({ endpoints }, { org }) => endpoints.ofOrg(org) },
  { what: 'list deliveries', rows: () => 102, send: ({ deliveries }, { org }) => deliveries.list(org, PAGE) },
  {
    what: 'last proven delivery',
    rows: () => 60,
    send: ({ deliveries }, { org }) => deliveries.lastProven(org, A_WEEK_AGO),
  },
  {
    what: 'last refused delivery',
    rows: () => 60,
    send: ({ deliveries }, { org }) => deliveries.lastRefused(org, A_WEEK_AGO),
  },
  { what: 'list the audit log', rows: () => 51, send: ({ audit }, { org }) => audit.list(org, PAGE) },
];

const webhooks: readonly HotQuery[] = [
  {
    what: '200 endpoints by id',
    rows: () => 200,
    send: ({ endpoints }, sample) => endpoints.find(sample.endpoints),
  },
  {
    what: '100 hooks to look after',
    rows: () => 200,
    send: ({ endpoints }) => {
      const before = new Date(Date.now() - 1_800_000);
      return endpoints.takeDue({ before, withReplacedKeysBefore: before }, now, 100);
    },
  },
  {
    what: 'log 200 deliveries',
    rows: () => 0,
    send: ({ deliveries }, { orgs }) =>
      deliveries.add(orgs.slice(0, 200).map((org) => ({ delivery: delivered(org), key: randomUUID() }))),
  },
  {
    what: 'which of 200 deliveries are known',
    rows: (sample) => sample.deliveries.length,
    send: (on, sample) => on.deliveries.known(sample.deliveries),
  },
  {
    what: 'count a flood on 200 deliveries',
    rows: (sample) => sample.deliveries.length,
    send: ({ deliveries }, sample) =>
      deliveries.count(sample.deliveries.map(({ org, id }) => ({ org, id, count: 3 }))),
  },
  {
    what: 'prune the deliveries of 500 orgs',
    rows: () => 2 * 500 * 51,
    send: ({ deliveries }, { orgs }) => deliveries.prune(orgs, now),
  },
];

const acrossOrgs: readonly HotQuery[] = [
  { what: 'sweep: 500 orgs that are due', rows: () => 5_000, send: ({ states }) => states.due(now, 500) },
  {
    what: 'catch up: 500 targets',
    rows: () => 500,
    send: ({ targets }, { orgs }) => targets.after(orgs[99], 500),
  },
  {
    what: 'catch up: their connections',
    rows: () => 500,
    send: ({ connections }, { orgs }) => connections.idsOf(orgs),
  },
  {
    what: 'catch up: their states and edits',
    rows: () => 1_100,
    send: async ({ states, store }, { orgs }) => {
      const all = await states.loadAll(orgs);
      await store.editedInDotAfter(new Map([...all].map(([org, state]) => [org, state.pushedRevision])));
    },
  },
  {
    what: 'webhooks: glance at 500 states',
    rows: () => 500,
    send: ({ states }, { orgs }) => states.webhookContext(orgs),
  },
  {
    what: 'webhooks: note them for 500 orgs',
    rows: () => 2_000,
    send: ({ states }, { orgs }) => states.noteWebhooks(orgs, now),
  },
  {
    what: 'webhooks: request 500 runs',
    rows: () => 1_000,
    send: ({ runs }, { orgs }) => runs.requestAll(orgs, 'pull', 'webhook', now),
  },
  {
    what: 'metrics: the backlog',
    rows: () => 5_000,
    counts: ['sync_conflicts', 'sync_quarantine'],
    send: ({ backlogs }) => backlogs.measure(now),
  },
  {
    what: 'sweep, when every org waits',
    given: everyOrgWaits,
    rows: () => 5_000,
    send: ({ states }) => states.due(now, 500),
  },
  {
    what: 'metrics, when every org waits',
    given: everyOrgWaits,
    rows: () => 5_000,
    counts: ['sync_conflicts', 'sync_quarantine', 'sync_runs'],
    send: ({ backlogs }) => backlogs.measure(now),
  },
];

/** Queries for one org that are sent again and again, or while somebody waits. */
export const ofOneOrg: readonly HotQuery[] = [...files, ...history, ...sync, ...watching];

/** Queries for many orgs together, or for all. */
export const ofManyOrgs: readonly HotQuery[] = [...webhooks, ...acrossOrgs];

/** As after hours without a worker. */
function everyOrgWaits({ db }: Installation): Promise<unknown> {
  return db.acrossOrgs.query(
    `INSERT INTO sync_runs (id, org, kind, trigger, status, created_at, progress, counts, commits, api_calls, attempt, confirmed)
     SELECT gen_random_uuid(), org, 'pull', 'poll', 'queued', now(), '{}', '{}', '{}', 0, 0, false FROM sync_targets
     ON CONFLICT DO NOTHING`,
  );
}

function delivered(org: Delivery['org']): Delivery {
  return {
    ...{ id: randomUUID(), org, at: now, event: 'Push Hook', commit: 'c'.repeat(40), coalesced: 0 },
    ...{ outcome: 'accepted', reason: null, runId: null },
  };
}
