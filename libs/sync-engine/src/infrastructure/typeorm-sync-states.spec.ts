import { randomUUID } from 'node:crypto';
import { orgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { syncEngineRows } from './sync-engine.rows';
import { TypeOrmSyncStates } from './typeorm-sync-states';

const TTL = 30_000;

describe('the disk', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(syncEngineRows);
  });
  afterAll(() => database.close());

  it('is waited for where something is recorded, and not where only a lease is taken', async () => {
    const { db, transactions } = database;
    const org = orgId(`org-${randomUUID()}`);
    const states = new TypeOrmSyncStates(db);
    const waitsForDisk = async () => {
      const [{ setting }] = await db
        .forOrg(org)
        .query<[{ setting: string }]>(`SELECT current_setting('synchronous_commit') AS setting`);
      return setting !== 'off';
    };

    const { lease } = (await transactions.run(async () => {
      const held = await states.acquire(org, 'a', TTL);
      expect(await waitsForDisk()).toBe(false);
      return held;
    }))!;
    await transactions.run(async () => {
      await states.hold(lease, TTL);
      expect(await waitsForDisk()).toBe(true);
    });
  });
});
