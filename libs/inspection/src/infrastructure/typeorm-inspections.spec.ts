import { blobOf, orgId, SystemClock, type OrgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import type { InspectedText } from '../application/inspections.port';
import { TypeOrmInspections } from './typeorm-inspections';

type Write = (inspections: TypeOrmInspections, org: OrgId, texts: readonly InspectedText[]) => Promise<void>;

let database: OpenDatabase;
beforeAll(async () => {
  database = await openDatabase([]);
});
afterAll(() => database.close());

describe('the disk', () => {
  it.each<[string, Write]>([
    ['counted', (inspections, org, texts) => inspections.begin(org, texts)],
    ['recorded', (inspections, org, texts) => inspections.record(org, texts)],
  ])('is not waited for if an inspection is %s', async (_, write) => {
    const { db, transactions } = database;
    const [org, text] = [orgId('acme'), Buffer.from('# Plan\n')];
    const inspection = { problem: null, findings: [] };
    const waits = () =>
      db.forOrg(org).query(`SELECT current_setting('synchronous_commit') AS "synchronousCommit"`);
    await transactions.run(async () => {
      await write(new TypeOrmInspections(db, new SystemClock()), org, [
        { kind: 'markdown', blob: blobOf(text), inspection },
      ]);
      expect(await waits()).toEqual([{ synchronousCommit: 'off' }]);
    });
    expect(await waits()).toEqual([{ synchronousCommit: 'on' }]);
  });
});

describe('known texts', () => {
  it('are looked up, also by a plan that PostgreSQL made while there were few', async () => {
    const { db, transactions } = database;
    const org = orgId('grown');
    const inspections = new TypeOrmInspections(db, new SystemClock());
    const batch = (number: number): InspectedText[] =>
      Array.from({ length: 100 }, (_, index) => ({
        ...{ kind: 'markdown', blob: blobOf(Buffer.from(`${number} ${index}`)) },
        inspection: { problem: null, findings: [] },
      }));
    const rowsRead = async () => {
      const [{ rows }] = await db
        .forOrg(org)
        .query<{ rows: string }[]>(
          `SELECT seq_tup_read + idx_tup_fetch AS rows FROM pg_stat_xact_user_tables WHERE relname = 'inspections'`,
        );
      return Number(rows);
    };
    await transactions.run(async () => {
      for (let number = 0; number < 20; number++) {
        const before = await rowsRead();
        expect(await inspections.known(org, batch(number))).toEqual([]);
        expect((await rowsRead()) - before).toBeLessThanOrEqual(100);
        await inspections.record(org, batch(number));
      }
    });
  });
});
