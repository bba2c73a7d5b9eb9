/**
 * Names the entries that a host may import, and the source of each; package.json beside this directory names the
 * same in `exports`.
 */
export const ENTRIES = {
  index: 'libs/gitlab-sync/src/index.ts',
  http: 'libs/gitlab-sync/src/http/index.ts',
  metrics: 'libs/gitlab-sync/src/metrics/index.ts',
  testing: 'libs/gitlab-sync/testing/index.ts',
  client: 'libs/gitlab-sync/src/client/index.ts',
  panel: 'libs/gitlab-sync/src/panel.ts',
};

/** Programs that nothing imports: a worker thread and the command. */
export const PROGRAMS = [
  'libs/gitlab-sync/src/cli/main.ts',
  'libs/inspection/src/infrastructure/inspector-worker.ts',
];
