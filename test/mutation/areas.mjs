/**
 * Names the files that each area mutates, the specs that must notice, and the percentage of mutants that they kill at least.
 * `except` leaves out files without decisions: facades that pass calls on, which test/e2e proves. The specs of one area run in one process, without PostgreSQL, Redis or a browser.
 */
export const AREAS = {
  domain: { mutate: ['libs/sync-engine/src/domain/'], specs: ['libs/sync-engine/src/domain/'], atLeast: 90 },
  webhooks: { mutate: ['libs/webhooks/src/domain/'], specs: ['libs/webhooks/src/domain/'], atLeast: 90 },
  'context-store': {
    mutate: ['libs/context-store/src/domain/'],
    specs: ['libs/context-store/src/domain/'],
    atLeast: 90,
  },
  gitlab: {
    mutate: ['libs/gitlab/src/http/errors/', 'libs/gitlab/src/http/retry.ts'],
    specs: ['libs/gitlab/src/http/errors/', 'libs/gitlab/src/http/retry.spec.ts'],
    atLeast: 90,
  },
  application: {
    mutate: ['libs/sync-engine/src/application/'],
    except: ['**/*.api.ts', '**/*.service.ts', '**/use-cases.ts'],
    specs: [
      'test/sync/',
      'libs/sync-engine/src/application/',
      'libs/gitlab-sync/src/cli/check/same-as-a-pull.spec.ts',
      'libs/gitlab-sync/src/cli/check/working-tree.spec.ts',
    ],
    atLeast: 85,
  },
};
