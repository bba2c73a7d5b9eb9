import type { Conflict, FileState, HistoryEntry, Run, Status } from '../../../apps/panel/src/contract';
import { FakeDot, NO_COUNTS } from './fake-dot';

/** Returns a time counted from now, so that "6 minutes ago" stays true. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export const ADA = { name: 'Ada Lovelace', email: 'ada@example.com' };
export const GRACE = { name: 'Grace Hopper', email: 'grace@example.com' };
const HEAD = '9f3c2a1e5b7d4c0a8f6e2d1b3c5a7f9e0d2b4c6a';
const DAY = 24 * 60;

export function run(more: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    kind: 'pull',
    trigger: 'webhook',
    status: 'succeeded',
    createdAt: ago(6.1),
    startedAt: ago(6.05),
    finishedAt: ago(6),
    progress: { done: 3, total: 3 },
    counts: { ...NO_COUNTS, updated: 3 },
    commits: [],
    apiCalls: 2,
    attempt: 1,
    error: null,
    head: HEAD,
    title: 'Explain churn',
    author: GRACE,
    requestedBy: null,
    intent: null,
    ...more,
  };
}

const pushed = run({
  id: 'run-2',
  kind: 'push',
  trigger: 'auto',
  title: 'Explain the revenue column',
  author: ADA,
  commits: ['41d07bea0c1d2e3f405162738495a6b7c8d9e0f1'],
  counts: { ...NO_COUNTS, updated: 1 },
  finishedAt: ago(22),
});
const pushedTwo = run({
  id: 'run-3',
  kind: 'push',
  trigger: 'manual',
  requestedBy: ADA.name,
  title: null,
  author: null,
  commits: ['a1b2c3d4e5f60718293a4b5c6d7e8f9001122334', 'b2c3d4e5f60718293a4b5c6d7e8f900112233445'],
  counts: { ...NO_COUNTS, updated: 2 },
  finishedAt: ago(DAY + 200),
});

export const connection = {
  instanceUrl: 'https://gitlab.com',
  username: 'ada',
  tokenKind: 'personal' as const,
  scopes: ['api'],
  expiresAt: '2027-03-12T00:00:00.000Z',
  canCreateProjects: true,
  notice: null,
  connectedAt: ago(3 * DAY),
  connectedBy: 'Ada Lovelace',
};

export const project = {
  projectId: 42,
  pathWithNamespace: 'acme/context',
  webUrl: 'https://gitlab.com/acme/context',
  branch: 'main',
  directories: ['notes', 'data_sources', 'reports', 'skills', 'relationships.yaml'],
  autoSync: true,
  autoPull: true,
  messagePrefix: '',
  fallbackAuthor: false,
  reportStatus: 'off' as const,
  publish: 'direct' as const,
  workBranch: 'dot/context',
  quietSeconds: 30,
  created: false,
  mergeRequest: null,
  warnings: [],
};

export function statusInSync(): Status {
  return {
    state: 'configured',
    health: 'ok',
    connection,
    project,
    webhook: {
      url: 'https://dot.example.com/webhooks/gitlab/wh_7Qm2',
      registered: 'manual',
      lastDeliveryAt: ago(6),
      health: 'healthy',
      advice: null,
    },
    sync: {
      baseCommit: HEAD,
      lastSyncedAt: ago(6),
      pendingPush: 0,
      pendingPull: false,
      conflicts: 0,
      quarantined: 0,
      lastRun: run(),
      nextAttemptAt: null,
      error: null,
    },
    quota: { bytes: 1_048_576, maxBytes: 1_073_741_824, files: 214, maxFiles: 100_000 },
    files: { total: 214, inSync: 214, dotAhead: 0, gitlabAhead: 0, conflict: 0, quarantined: 0, proposed: 0 },
    viewer: { role: 'admin', name: 'Ada Lovelace' },
    oldestPendingAt: null,
    pollSeconds: 120,
  };
}

export function change(
  path: string,
  message: string,
  minutes: number,
  more: Partial<HistoryEntry> = {},
): HistoryEntry {
  const id = `${path}@${minutes}`;
  return {
    id,
    path,
    op: 'put',
    blob: null,
    from: null,
    version: id,
    revision: Math.round(10_000 - minutes),
    changeId: id,
    author: ADA,
    at: ago(minutes),
    origin: 'user',
    message,
    commit: null,
    runId: null,
    ...more,
  };
}

export function file(
  path: string,
  state: FileState['state'] = 'in_sync',
  more: Partial<FileState> = {},
): FileState {
  return { path, state, dotBlob: 'd', gitlabBlob: 'g', at: ago(60), ...more };
}

export const pricing: Conflict = {
  id: 'conflict-1',
  path: 'notes/pricing.md',
  at: ago(DAY + 120),
  winner: 'gitlab',
  kept: { author: ADA, at: ago(DAY + 122), version: 'kept-1', commit: null },
  stands: {
    author: GRACE,
    at: ago(DAY + 120),
    version: 'stands-1',
    commit: '41d07bea0c1d2e3f405162738495a6b7c8d9e0f1',
  },
  base: null,
  runId: 'run-9',
};

const HEAD_OF_TEXT = 'owner: finance\nstatus: active\n---\n# Pricing\n\n';
const TEXTS = {
  'kept-1': `${HEAD_OF_TEXT}The list price is net of discounts.\nRenewals keep the price of the first year.\nTrials count as customers from day 1.\n`,
  'stands-1': `${HEAD_OF_TEXT}The list price is before discounts.\nRenewals keep the price of the first year.\nPartners see a price of their own.\n`,
};

export const brokenYaml = file('reports/q3.yaml', 'quarantined', {
  reason: 'yaml_invalid: the YAML does not parse at line 14, column 3.',
  quarantine: {
    code: 'yaml_invalid',
    message: 'the YAML does not parse at line 14, column 3.',
    line: 14,
    column: 3,
  },
});

/** An org whose both sides are equal; each scene changes the part that it shows. */
export async function stage(): Promise<FakeDot> {
  const dot = await FakeDot.start(statusInSync());
  dot.runs = [
    run(),
    pushed,
    pushedTwo,
    run({
      id: 'run-4',
      kind: 'initial',
      trigger: 'configure',
      requestedBy: ADA.name,
      finishedAt: ago(3 * DAY),
      counts: { ...NO_COUNTS, created: 49 },
    }),
  ];
  dot.history = [change('notes/churn.md', 'Explain churn', 6)];
  dot.files = Array.from({ length: 214 }, (_, at) => file(`notes/${String(at).padStart(3, '0')}.md`));
  dot.changes.set('run-1', [
    { path: 'notes/churn.md', op: 'update' },
    { path: 'notes/funnel.md', op: 'update' },
    { path: 'reports/q1.yaml', op: 'update' },
  ]);
  for (const [id, text] of Object.entries(TEXTS)) dot.texts.set(id, text);
  dot.projects = [
    choice(42, 'acme/context'),
    choice(43, 'acme/handbook'),
    choice(44, 'acme/old-context', { archived: true }),
    choice(45, 'ada/empty', { emptyRepo: true, defaultBranch: null }),
  ];
  dot.branches = [
    { name: 'main', default: true, protected: true, canPush: true },
    { name: 'review', default: false, protected: true, canPush: false },
  ];
  return dot;
}

function choice(id: number, pathWithNamespace: string, more: object = {}) {
  const name = pathWithNamespace.split('/')[1];
  const webUrl = `https://gitlab.com/${pathWithNamespace}`;
  return {
    id,
    name,
    pathWithNamespace,
    webUrl,
    defaultBranch: 'main',
    emptyRepo: false,
    archived: false,
    ...more,
  };
}
