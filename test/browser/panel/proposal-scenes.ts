import type { MergeRequest, Project, Status } from '../../../apps/panel/src/contract';
import type { FakeDot } from './fake-dot';
import { NO_COUNTS } from './fake-dot';
import type { Scene } from './scenes';
import { ADA, ago, change, file, GRACE, project, run } from './stage';

const request: MergeRequest = {
  iid: 7,
  webUrl: 'https://gitlab.com/acme/context/-/merge_requests/7',
  state: 'opened',
  title: 'Update 3 context files from Dot',
  changes: 3,
  conflict: false,
  updatedAt: ago(4),
};

const proposed = [
  file('data_sources/billing.yaml', 'proposed', { gitlabBlob: null }),
  file('notes/churn.md', 'proposed'),
  file('reports/funnel.yaml', 'proposed', { dotBlob: null }),
];

/** Two edits that were not pushed. */
const waiting = (dot: FakeDot) => {
  dot.pending = [
    change('notes/pricing.md', 'Round prices', 2),
    change('skills/sql.md', 'Learned: dates are in UTC', 4, {
      origin: 'agent',
      author: { name: 'Dot', email: '' },
    }),
  ];
  dot.change({ oldestPendingAt: ago(4), sync: { ...dot.status.sync, pendingPush: 2 } });
};

/** The org proposes its changes, and three files are proposed. */
export function proposes(
  dot: FakeDot,
  more: Partial<MergeRequest> = {},
  settings: Partial<Project> = {},
): void {
  const mergeRequest = { ...request, ...more };
  dot.files.unshift(...proposed);
  dot.runs.unshift(
    run({
      ...{ id: 'run-5', kind: 'push', trigger: 'auto', title: 'Learned: churn excludes trials', author: ADA },
      commits: ['c3d4e5f60718293a4b5c6d7e8f90011223344556'],
      counts: { ...NO_COUNTS, created: 1, updated: 1, deleted: 1 },
      finishedAt: ago(4),
    }),
  );
  dot.change({
    project: { ...project, publish: 'merge_request', mergeRequest, ...settings },
    files: { ...dot.status.files, total: 217, inSync: 214, proposed: 3 },
    sync: { ...dot.status.sync, lastRun: dot.runs[0] },
  });
}

/** Nothing is proposed any more: everything landed, or was discarded. */
export function settled(dot: FakeDot, more: Partial<MergeRequest>): void {
  dot.files = dot.files.filter(({ state }) => state !== 'proposed');
  dot.change({
    project: { ...dot.status.project!, mergeRequest: { ...request, ...more } },
    files: { ...dot.status.files, inSync: 216, total: 216, proposed: 0 },
  });
}

const stopped = (dot: FakeDot, code: string, detail: string, more: Partial<Status['sync']> = {}) =>
  dot.change({ health: 'attention', sync: { ...dot.status.sync, error: { code, detail }, ...more } });

/** A person closed the merge request, or deleted its branch. */
export function closed(dot: FakeDot, state: 'closed' | 'branch_deleted' = 'closed'): void {
  proposes(dot, { state, updatedAt: ago(2) });
  stopped(
    dot,
    'merge_request_closed',
    'Merge request !7 was closed. Propose the changes again, discard them, or edit a file: a new edit opens another merge request. Nothing is lost.',
  );
}

/** The states of an org whose changes are proposed by merge request. */
export const proposalScenes: readonly Scene[] = [
  {
    name: 'proposed',
    main: true,
    set: (dot) => proposes(dot),
    shows: 'Waits to be merged into',
  },
  {
    name: 'proposed-conflict',
    set: (dot) => proposes(dot, { conflict: true }),
    shows: 'GitLab can merge it once the conflict is resolved there.',
  },
  {
    name: 'proposed-to-push',
    set: (dot) => {
      proposes(dot, {}, { autoSync: false });
      waiting(dot);
    },
    shows: 'A push adds them to merge request !7.',
  },
  {
    name: 'proposed-quiet',
    set: (dot) => {
      proposes(dot);
      waiting(dot);
      const lastRun = run({ kind: 'push', trigger: 'auto', status: 'queued', finishedAt: null });
      dot.runs.unshift(lastRun);
      dot.change({ health: 'syncing', sync: { ...dot.status.sync, lastRun } });
    },
    shows: 'Dot pushes them for review after 30 seconds without an edit.',
  },
  {
    name: 'proposed-merged',
    set: (dot) => {
      proposes(dot);
      settled(dot, { state: 'merged', changes: 0, updatedAt: ago(1) });
      dot.runs.unshift(
        run({
          ...{ id: 'run-6', title: 'Merge branch dot/context into main', author: GRACE },
          counts: { ...NO_COUNTS, unchanged: 3 },
          finishedAt: ago(1),
        }),
      );
    },
    shows: 'The next push opens another one.',
  },
  {
    name: 'proposed-none',
    set: (dot) => dot.change({ project: { ...project, publish: 'merge_request' } }),
    shows: 'No merge request is open.',
  },
  { name: 'proposed-closed', main: true, set: (dot) => closed(dot), shows: 'was not merged' },
  {
    name: 'proposed-branch-deleted',
    set: (dot) => closed(dot, 'branch_deleted'),
    shows: 'Closed, because its branch was deleted.',
  },
  {
    name: 'proposed-discard',
    main: true,
    set: (dot) => closed(dot),
    act: async (page) => page.getByRole('button', { name: 'Discard…' }).click(),
    shows: 'Undo the sync in Activity to get your changes back.',
  },
  {
    name: 'proposed-retargeted',
    set: (dot) => {
      proposes(dot, { state: 'retargeted', updatedAt: ago(3) });
      waiting(dot);
      stopped(
        dot,
        'merge_request_retargeted',
        'Merge request !7 no longer targets main. Set its target branch to main again, or close it; the changes wait in Dot.',
        { nextAttemptAt: ago(-20) },
      );
    },
    shows: 'The merge request targets another branch',
  },
  {
    name: 'proposed-work-branch',
    set: (dot) => proposes(dot),
    act: async (page) => page.getByRole('button', { name: 'Change the work branch' }).click(),
    shows: 'Seconds without an edit before a push',
  },
  {
    name: 'proposed-files',
    set: (dot) => proposes(dot),
    act: async (page) => page.getByRole('button', { name: 'All files' }).click(),
    shows: 'data_sources/billing.yaml',
  },
  {
    name: 'proposed-activity',
    set: (dot) => {
      proposes(dot);
      settled(dot, { state: 'closed', changes: 0 });
      dot.runs.unshift(
        run({
          ...{ id: 'put-back', author: ADA, title: 'Put 86 files back that were deleted on GitLab' },
          counts: { ...NO_COUNTS, putBack: 86 },
          finishedAt: ago(3),
        }),
        run({
          ...{ id: 'discard', trigger: 'manual', intent: 'discard', requestedBy: ADA.name, author: ADA },
          counts: { ...NO_COUNTS, created: 1, updated: 1, deleted: 1 },
        }),
        run({
          ...{ id: 'again', kind: 'push', trigger: 'manual', intent: 'propose', requestedBy: ADA.name },
          ...{ counts: NO_COUNTS, head: null, author: null, finishedAt: ago(9) },
        }),
      );
    },
    shows: 'Discarded 3 changes',
  },
  {
    name: 'proposed-long',
    set: (dot) =>
      proposes(dot, {
        ...{ iid: 1_204_377, conflict: true },
        title: `Explain ${'the-definition-of-a-customer '.repeat(12)}${'ending-in-one-word'.repeat(6)}`,
      }),
    shows: 'GitLab can merge it once the conflict is resolved there.',
  },
  {
    name: 'member-proposed',
    role: 'member',
    set: (dot) => proposes(dot, { conflict: true }),
    shows: 'An admin of your organization can change the settings.',
  },
  {
    name: 'member-proposed-closed',
    role: 'member',
    set: (dot) => closed(dot),
    shows: 'Ask an admin of your organization.',
  },
];
