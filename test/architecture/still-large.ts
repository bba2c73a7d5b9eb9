/** Files of more than 180 lines that are still to be divided, in the order of their paths. */
export const LARGE_FILES: readonly string[] = [
  'apps/panel/src/faults.ts',
  'libs/context-store/src/infrastructure/context-pruner.ts',
  'libs/context-store/src/infrastructure/typeorm-context-store.ts',
  'libs/database/src/tenant-connections.ts',
  'libs/gitlab/src/gitlab.errors.ts',
  'libs/gitlab/src/gitlab.port.ts',
  'libs/gitlab/src/http/api.ts',
  'libs/sync-engine/src/http/sync.controller.ts',
  'libs/sync-engine/src/http/sync.dto.ts',
  'libs/webhooks/src/application/ingest/log-delivery.ts',
];

/** Files with a constructor of more than 8 parameters that is still to be narrowed, in the order of their paths. */
export const WIDE_CONSTRUCTORS: readonly string[] = [
  'libs/credentials/src/application/credentials.service.ts',
];
