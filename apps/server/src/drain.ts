import { setTimeout as pause } from 'node:timers/promises';
import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { GitLabSyncOperations } from '@app/gitlab-sync';
import { EventStreams } from '@app/gitlab-sync/http';

/** Time for open requests. Afterwards their connections are closed: a slow client would hold up the stop. */
const OPEN_REQUESTS_MS = 10_000;

/**
 * Takes a process out of service before its parts stop. Serves unready for `delayMs`, so that load balancers send new
 * requests to others. Then accepts no more, ends event streams, waits for open requests, and closes their connections.
 */
export async function drain(app: INestApplication, delayMs: number): Promise<void> {
  app.get(GitLabSyncOperations, { strict: false }).leaveService();
  await pause(delayMs);
  app.get(EventStreams, { strict: false }).endAll();
  await Promise.race([app.getHttpAdapter().close(), pause(OPEN_REQUESTS_MS, undefined, { ref: false })]);
  (app.getHttpServer() as Server).closeAllConnections();
}
