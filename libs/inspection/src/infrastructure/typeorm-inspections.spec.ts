import { blobOf, orgId, SystemClock, type OrgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import type { InspectedText } from '../application/inspections.port';
import { TypeOrmInspections } from './typeorm-inspections';

type Write = (inspections: TypeOrmInspections, org: OrgId, texts: readonly InspectedText[]) => Promise<void>;

describe('the disk', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([]);
  });
  afterAll(() => database.close());

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
