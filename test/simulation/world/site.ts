import { inMemoryContextFiles } from '@app/context-store/testing';
import { inMemoryCredentials, type FakeKeySource } from '@app/credentials/testing';
import { InMemoryTransactions } from '@app/database/testing';
import type { GitLabConnector } from '@app/gitlab';
import type { Clock, EventBus } from '@app/kernel';
import { inMemoryProjectConfig } from '@app/project-config/testing';
import { inMemorySyncEngine } from '@app/sync-engine/testing';
import type { PostedWakeQueue } from '../machine/signals';
import type { StagedTables } from '../machine/staged-tables';

/** Small, so that a file is soon too big. */
export const MAX_FILE_BYTES = 300;

export interface SiteParts {
  readonly tables: StagedTables;
  readonly connector: GitLabConnector;
  readonly keys: FakeKeySource;
  readonly wakeQueue: PostedWakeQueue;
  readonly events: EventBus;
  /** As this process sees the time; leases go by the database's. */
  readonly clock: Clock;
  readonly databaseClock: Clock;
  readonly random: () => number;
}

export type Site = Awaited<ReturnType<typeof openSite>>;

/** The whole service as one process runs it. */
export async function openSite({ random, ...parts }: SiteParts) {
  const { tables, events } = parts;
  const transactions = new InMemoryTransactions(tables);
  const credentials = inMemoryCredentials({ ...parts, transactions });
  const projects = inMemoryProjectConfig({ ...parts, transactions, credentials });
  const maxFileBytes = MAX_FILE_BYTES;
  const context = inMemoryContextFiles({
    ...{ tables, transactions, events, clock: parts.clock },
    scope: projects,
    settings: { maxFileBytes },
  });
  const settings = { random, maxFileBytes };
  const engine = await inMemorySyncEngine({ ...parts, ...context, transactions, projects, settings });
  engine.react.onModuleInit();
  return { ...context, credentials, projects, engine, sync: engine.service };
}
