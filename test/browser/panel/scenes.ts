import type { Page } from 'playwright-core';
import type { Notifications, Plan, Run, Status } from '../../../apps/panel/src/contract';
import type { FakeDot } from './fake-dot';
import { NO_COUNTS } from './fake-dot';
import { proposalScenes } from './proposal-scenes';
import { ADA, ago, brokenYaml, change, connection, file, GRACE, pricing, project, run } from './stage';

/** A state of the page: how it comes about, and what a person does to see it. */
export interface Scene {
  readonly name: string;
  readonly role?: 'admin' | 'member';
  /** Pictured in the dark and on a narrow screen as well. */
  readonly main?: true;
  readonly set: (dot: FakeDot) => void;
  readonly act?: (page: Page) => Promise<void>;
  /** Text that shows that it is there. */
  readonly shows: string;
}

const paths = (directory: string, count: number, extension = 'md') =>
  Array.from({ length: count }, (_, at) => `${directory}/${String(at + 1).padStart(2, '0')}.${extension}`);

const plan: Plan = {
  head: '9f3c2a1e5b7d4c0a8f6e2d1b3c5a7f9e0d2b4c6a',
  push: paths('notes', 12).map((path) => ({ path, op: 'create' as const })),
  pull: paths('reports', 34, 'yaml').map((path) => ({ path, op: 'create' as const })),
  conflicts: ['notes/pricing.md', 'notes/churn.md', 'skills/sql.md'].map((path) => ({
    path,
    winner: 'gitlab' as const,
    reason: 'changed on both sides',
  })),
  quarantined: [{ path: 'reports/q3.yaml', reason: 'yaml_invalid: line 14, column 3' }],
  warnings: [],
};

const notified: Notifications = {
  deliveredBy: 'channels',
  webhook: { url: 'https://hooks.example.com/dot' },
  slack: { url: 'https://hooks.slack.com' },
  email: ['ada@example.com', 'grace@example.com'],
  emailAvailable: true,
  channels: [
    {
      channel: 'webhook',
      deliveredAt: ago(600),
      failure: { at: ago(12), detail: 'the receiver answered 500', retryAt: ago(-20) },
    },
    { channel: 'slack', deliveredAt: ago(12), failure: null },
    { channel: 'email', deliveredAt: ago(12), failure: null },
  ],
};

export const deletionRun: Run = run({
  id: 'asks',
  status: 'awaiting_confirmation',
  finishedAt: null,
  head: 'c0ffee1a2b3c4d5e6f708192a3b4c5d6e7f80910',
  title: 'Clean up',
  author: GRACE,
  counts: NO_COUNTS,
  error: {
    code: 'mass_delete_unconfirmed',
    detail: "GitLab's branch no longer has 86 of 214 files. Confirm the run to delete them in Dot too.",
    retryAt: null,
  },
});

const stopped = (dot: FakeDot, code: string, detail: string, more: Partial<Status['sync']> = {}) =>
  dot.change({ health: 'attention', sync: { ...dot.status.sync, error: { code, detail }, ...more } });

function asksToDelete(dot: FakeDot): void {
  const deleted = [
    ...['churn', 'funnel', 'pricing', 'revenue', 'seats', 'trials', 'usage'].map(
      (name) => `notes/${name}.md`,
    ),
    ...paths('reports/2024', 40, 'yaml'),
    ...paths('reports/2025', 39, 'yaml'),
  ];
  dot.changes.set(
    'asks',
    deleted.map((path) => ({ path, op: 'delete' })),
  );
  dot.runs.unshift(deletionRun);
  dot.change({ health: 'attention', sync: { ...dot.status.sync, lastRun: deletionRun } });
}

function pushRefused(dot: FakeDot): void {
  stopped(
    dot,
    'branch_protected',
    "Grant the token's user, ada, push access to main. Make sure its role is Developer or higher.",
    { pendingPush: 3, nextAttemptAt: ago(-40) },
  );
  dot.change({ oldestPendingAt: ago(22), files: { ...dot.status.files!, inSync: 211, dotAhead: 3 } });
  dot.pending = [
    change('notes/churn.md', 'Learned: churn excludes trials', 6, {
      origin: 'agent',
      author: { name: 'Dot', email: '' },
    }),
    change('reports/funnel.yaml', 'Retire the old funnel report', 17),
    change('notes/revenue.md', 'Explain the revenue column', 22),
  ];
}

function worthALook(dot: FakeDot): void {
  dot.conflicts = [pricing];
  dot.files.push(brokenYaml);
  dot.texts.set('gitlab:reports/q3.yaml', 'title: Q3: the plan\n');
  dot.changeSync({ conflicts: 1, quarantined: 1 });
}

function firstSync(dot: FakeDot): void {
  const lastRun = run({
    kind: 'initial',
    trigger: 'configure',
    status: 'running',
    progress: { done: 31, total: 49 },
    finishedAt: null,
  });
  dot.runs = [lastRun];
  const webhook = {
    ...dot.status.webhook!,
    registered: 'none' as const,
    lastDeliveryAt: null,
    health: 'never_delivered' as const,
  };
  dot.change({ health: 'syncing', webhook, sync: { ...dot.status.sync, baseCommit: null, lastRun } });
}

const disconnected = (dot: FakeDot) =>
  dot.change({ state: 'disconnected', connection: null, project: null, webhook: null });
const connected = (dot: FakeDot) => dot.change({ state: 'connected', project: null, webhook: null });

const pickProject = async (page: Page) => {
  await page.getByRole('combobox', { name: 'Project' }).click();
  await page.getByRole('option', { name: 'acme/context' }).click();
  await page.getByText('differ on both sides').waitFor();
};

const press = (name: string) => async (page: Page) => page.getByRole('button', { name }).first().click();

/** Every state of the page, in the order of a person's way through it. */
export const scenes: readonly Scene[] = [
  { name: 'connect', main: true, set: disconnected, shows: 'Connect your GitLab account' },
  {
    name: 'connect-refused',
    set: (dot) => {
      disconnected(dot);
      dot.refusals.set('PUT /gitlab/connection', {
        status: 422,
        code: 'token_rejected',
        detail:
          'GitLab rejected the token: it is expired. Create a new token with the api scope and connect again.',
      });
    },
    act: async (page) => {
      await page.getByRole('textbox', { name: 'Personal Access Token' }).fill('glpat-0123456789abcdef');
      await page.getByText('Using self-hosted GitLab?').click();
      await page.getByLabel('Instance URL').fill('https://gitlab.your-company.com/data/context');
      await page.getByRole('button', { name: 'Connect with GitLab' }).click();
    },
    shows: 'GitLab rejected the token: it is expired.',
  },
  { name: 'configure', set: connected, shows: 'Configure your project' },
  {
    name: 'configure-preview',
    main: true,
    set: (dot) => {
      connected(dot);
      dot.plan = plan;
    },
    act: pickProject,
    shows: 'The first sync would',
  },
  {
    name: 'configure-create',
    set: connected,
    act: async (page) => {
      await page.getByText('Create new project').click();
    },
    shows: 'Create project and start syncing',
  },
  {
    name: 'configure-project-token',
    set: (dot) => {
      const notice =
        'This is a project access token: it signs in as a bot user with no personal namespace, so it can sync to existing projects but cannot create new ones, and Create new project is hidden.';
      connected(dot);
      dot.change({
        connection: {
          ...connection,
          tokenKind: 'project',
          username: 'project_42_bot',
          canCreateProjects: false,
          notice,
        },
      });
    },
    shows: 'Project Access Token',
  },
  {
    name: 'configure-list',
    set: connected,
    act: async (page) => {
      await page.getByRole('combobox', { name: 'Project' }).click();
    },
    shows: "Archived, can't be synced",
  },
  { name: 'first-sync', main: true, set: firstSync, shows: 'Set up the webhook' },
  {
    name: 'first-sync-cancelled',
    set: (dot) => {
      firstSync(dot);
      dot.changeSync({ lastRun: { ...dot.status.sync.lastRun!, status: 'cancelled', finishedAt: ago(1) } });
    },
    shows: 'Start it again',
  },
  { name: 'in-sync', main: true, set: () => undefined, shows: 'In sync' },
  { name: 'worth-a-look', main: true, set: worthALook, shows: 'Worth a look' },
  {
    name: 'pushing',
    set: (dot) => {
      const lastRun = run({
        kind: 'push',
        trigger: 'auto',
        status: 'running',
        progress: { done: 2, total: 5 },
        finishedAt: null,
      });
      dot.runs.unshift(lastRun);
      dot.change({ health: 'syncing', sync: { ...dot.status.sync, lastRun } });
    },
    shows: 'Pushing 2 of 5',
  },
  {
    name: 'to-push',
    set: (dot) => {
      pushRefused(dot);
      dot.change({
        health: 'ok',
        project: { ...project, autoSync: false },
        sync: { ...dot.status.sync, error: null, nextAttemptAt: null },
      });
    },
    shows: '3 changes to push',
  },
  { name: 'push-stopped', main: true, set: pushRefused, shows: 'Push stopped' },
  {
    name: 'token-rejected',
    set: (dot) =>
      stopped(
        dot,
        'token_rejected',
        'GitLab rejected the token: it was revoked. Create a new token with the api scope and replace it.',
        {
          nextAttemptAt: ago(-50),
        },
      ),
    shows: 'Stopped',
  },
  {
    name: 'branch-gone',
    set: (dot) =>
      stopped(
        dot,
        'branch_gone',
        'Branch main is gone from the project. Create it again on GitLab, or choose another branch; nothing was deleted in Dot.',
      ),
    shows: 'Sync another branch',
  },
  {
    name: 'token-expires',
    set: (dot) => {
      const notice =
        'The token expires on 2026-12-03, in 4 days. Create a new token with the api scope and connect again before then, or the sync stops.';
      dot.change({ health: 'attention', connection: { ...connection, notice } });
    },
    shows: 'The token expires soon',
  },
  {
    name: 'gitlab-away',
    set: (dot) =>
      dot.change({
        health: 'failing',
        sync: {
          ...dot.status.sync,
          error: { code: 'gitlab_unavailable', detail: 'GitLab answered 502.' },
          nextAttemptAt: ago(-2.5),
        },
      }),
    shows: "GitLab isn't answering",
  },
  { name: 'deletions', set: asksToDelete, shows: 'Waiting for you' },
  {
    name: 'deletions-dialog',
    main: true,
    set: asksToDelete,
    act: press('Review the files…'),
    shows: 'What would be deleted',
  },
  {
    name: 'conflict',
    main: true,
    set: worthALook,
    act: press('Compare'),
    shows: "Restore Dot's version",
  },
  {
    name: 'kept-out',
    set: worthALook,
    act: press('Look at the text'),
    shows: 'Dot keeps its last good version',
  },
  {
    name: 'send-anyway',
    set: (dot) => {
      dot.files.push(
        file('notes/access.md', 'quarantined', {
          gitlabBlob: null,
          quarantine: {
            code: 'credential',
            message: 'line 3 looks like a GitLab token. It does not leave Dot.',
            line: 3,
            column: 1,
          },
        }),
      );
      dot.changeSync({ quarantined: 1 });
    },
    act: press('Send anyway…'),
    shows: 'Keep it in Dot',
  },
  {
    name: 'preview',
    set: (dot) => (dot.plan = { ...plan, conflicts: [], quarantined: [] }),
    act: press('Preview'),
    shows: 'What a sync would do now',
  },
  {
    name: 'preview-equal',
    set: () => undefined,
    act: press('Preview'),
    shows: 'Both sides are equal already.',
  },
  {
    name: 'run',
    set: () => undefined,
    act: press('Pulled 3 files'),
    shows: 'Undo this sync…',
  },
  {
    name: 'undo',
    set: () => undefined,
    act: async (page) => {
      await press('Pulled 3 files')(page);
      await press('Undo this sync…')(page);
    },
    shows: 'Undo this sync?',
  },
  {
    name: 'files',
    main: true,
    set: (dot) => {
      worthALook(dot);
      dot.files.unshift(
        file('data_sources/billing.yaml', 'dot_ahead'),
        file('notes/plan.md', 'gitlab_ahead'),
      );
      dot.change({
        files: {
          total: 217,
          inSync: 214,
          dotAhead: 1,
          gitlabAhead: 1,
          conflict: 0,
          quarantined: 1,
          proposed: 0,
        },
      });
    },
    act: press('All files'),
    shows: 'data_sources/billing.yaml',
  },
  { name: 'webhook', set: () => undefined, act: press('Details of the webhook'), shows: 'Last deliveries' },
  {
    name: 'branch',
    set: () => undefined,
    act: press('Change branch and directories'),
    shows: 'Choose another project…',
  },
  {
    name: 'commits',
    set: () => undefined,
    act: press('Change how commits are made'),
    shows: 'Message prefix',
  },
  {
    name: 'notifications',
    set: () => undefined,
    act: press('Change notifications'),
    shows: 'Chat webhook URL',
  },
  {
    name: 'notifications-tested',
    set: (dot) => {
      dot.notifications = notified;
      dot.tested = [
        { channel: 'webhook', ok: false, detail: 'the receiver answered 500' },
        { channel: 'slack', ok: true, detail: null },
        { channel: 'email', ok: true, detail: null },
      ];
    },
    act: async (page) => {
      await press('Change notifications')(page);
      await press('Send a test')(page);
    },
    shows: 'Delivered',
  },
  {
    name: 'notifications-by-host',
    set: (dot) => void (dot.notifications = { ...notified, deliveredBy: 'host' }),
    act: press('Change notifications'),
    shows: 'Dot sends these messages itself.',
  },
  ...proposalScenes,
  {
    name: 'replace-token',
    set: () => undefined,
    act: press('Replace token'),
    shows: 'The webhook secret stays.',
  },
  { name: 'disconnect', set: () => undefined, act: press('Disconnect…'), shows: 'Stay connected' },
  {
    name: 'member',
    main: true,
    role: 'member',
    set: () => undefined,
    shows: 'An admin of your organization can change the settings.',
  },
  {
    name: 'member-stopped',
    role: 'member',
    set: pushRefused,
    shows: 'Ask an admin of your organization.',
  },
  { name: 'member-disconnected', role: 'member', set: disconnected, shows: "GitLab isn't connected." },
  {
    name: 'long-names',
    set: (dot) => {
      const long = `notes/${'a-very-long-directory-name/'.repeat(10)}the-longest-file-name-of-all.md`;
      const name = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh the Younger';
      dot.conflicts = [{ ...pricing, path: long }];
      dot.files.push({ ...brokenYaml, path: long.replace('.md', '.yaml') });
      dot.runs = [
        run({
          kind: 'push',
          trigger: 'manual',
          commits: ['41d07bea0c1d2e3f405162738495a6b7c8d9e0f1'],
          title: 'Explain '.repeat(40),
          author: { ...ADA, name },
          requestedBy: name,
        }),
      ];
      dot.change({
        project: {
          ...project,
          pathWithNamespace:
            'a-group-with-a-long-name/and-a-subgroup/with-one-more/the-context-of-the-whole-company',
          branch: 'feature/a-branch-whose-name-tells-a-story-of-its-own',
        },
        sync: { ...dot.status.sync, conflicts: 1, quarantined: 1 },
      });
    },
    shows: 'Worth a look',
  },
  {
    name: 'one-file',
    set: (dot) => {
      dot.files = [file('relationships.yaml')];
      dot.change({ files: { ...dot.status.files!, total: 1, inSync: 1 } });
    },
    act: press('All files'),
    shows: 'relationships.yaml',
  },
];
