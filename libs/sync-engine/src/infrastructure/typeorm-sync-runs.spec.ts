import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { orgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { syncEngineRows } from './sync-engine.rows';
import { TypeOrmSyncRuns } from './typeorm-sync-runs';
import { TypeOrmSyncStates } from './typeorm-sync-states';

const NOON = new Date('2026-01-01T12:00:00Z');
const [C, D] = ['c'.repeat(40), 'd'.repeat(40)];

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

/** Resolves when a query waits for a lock that another transaction has. Asks on a connection of its own. */
async function untilOneWaits(url: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  const query = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  while (!(await client.query(query)).rowCount);
  await client.end();
}

describe('a run that is asked for while it starts', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(syncEngineRows);
  });
  afterAll(() => database.close());

  it.each<[string, (runs: TypeOrmSyncRuns, org: ReturnType<typeof orgId>) => Promise<string>]>([
    [
      'a webhook of another commit',
      async (runs, org) =>
        (await runs.requestAll([org], 'pull', 'webhook', NOON, new Map([[org, D]]))).get(org)!,
    ],
    ['a poll', async (runs, org) => (await runs.request(org, 'pull', 'poll', NOON)).id],
  ])('keeps the announced pull, and %s gets a run of its own', async (_, ask) => {
    const { db, transactions } = database;
    const org = orgId(`org-${randomUUID()}`);
    const [states, runs] = [new TypeOrmSyncStates(db), new TypeOrmSyncRuns(db)];
    const announced = (await runs.requestAll([org], 'pull', 'webhook', NOON, new Map([[org, C]]))).get(org)!;
    const { lease } = (await states.acquire(org, 'a', 30_000))!;
    const [started, asked] = [gate(), gate()];

    const starting = transactions.run(async () => {
      const run = await runs.start(lease, ['pull'], NOON);
      started.open();
      await asked.opened;
      return run;
    });
    await started.opened;
    const asking = ask(runs, org);
    await untilOneWaits(database.ownerUrl);
    asked.open();

    expect(await starting).toMatchObject({ id: announced, announced: C, status: 'running' });
    expect(await asking).not.toBe(announced);
    expect(await runs.open(org)).toHaveLength(2);
  });
});
