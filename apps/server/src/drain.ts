import { setTimeout as pause } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { GitLabSyncOperations } from '@app/gitlab-sync';
import { EventStreams } from '@app/gitlab-sync/http';

/** Time for open requests while all parts still run. Afterwards the parts stop, and the rest of the requests may end. */
const OPEN_REQUESTS_MS = 10_000;

/**
 * Takes a process out of service before its parts stop. Serves unready for `delayMs`, so that load balancers send new
 * requests to others. Then accepts no more, ends event streams, and waits for open requests.
 */
export async function drain(app: INestApplication, delayMs: number): Promise<void> {
  app.get(GitLabSyncOperations, { strict: false }).leaveService();
  await pause(delayMs);
  app.get(EventStreams, { strict: false }).endAll();
  await Promise.race([app.getHttpAdapter().close(), pause(OPEN_REQUESTS_MS, undefined, { ref: false })]);
}
