import { randomUUID } from 'node:crypto';
import { orgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { syncEngineRows } from './sync-engine.rows';
import { TypeOrmFindings } from './typeorm-findings';
import { TypeOrmSyncStates } from './typeorm-sync-states';

const AT = new Date(0);

describe('the names in the tables', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase(syncEngineRows);
  });
  afterAll(() => database.close());

  it('are dot and gitlab for the sides, whatever the domain calls them', async () => {
    const { db } = database;
    const org = orgId(`org-${randomUUID()}`);
    const [states, findings] = [new TypeOrmSyncStates(db), new TypeOrmFindings(db)];
    await states.acquire(org, 'a', 30_000);
    const agreed = [['a.md', { remote: '1', local: '2' }]] as const;
    await states.save(org, {
      inFlight: { id: 'x', changeId: null, revision: 4, agreed, completes: true, landedAs: 'c1' },
    });
    const about = { path: 'a.md', at: AT };
    const kept = {
      author: { name: 'Ada', email: 'ada@example.com' },
      at: AT,
      version: randomUUID(),
      commit: null,
    };
    const ids = { id: randomUUID(), runId: randomUUID() };
    await findings.addConflict(org, { ...about, ...ids, winner: 'remote', stands: null, kept, base: null });
    await findings.quarantine(org, [{ ...about, side: 'local', blob: null, reason: 'too_big', detail: '' }]);
    const [stored] = await db.forOrg(org).query<unknown[]>(
      `SELECT in_flight, winner, side FROM sync_states JOIN sync_conflicts USING (org)
         JOIN sync_quarantine USING (org) WHERE org = $1`,
      [org],
    );
    expect(stored).toEqual({
      in_flight: {
        ...{ id: 'x', changeId: null, revision: 4, completes: true },
        ...{ agreed: [['a.md', { gitlab: '1', dot: '2' }]], made: 'c1' },
      },
      winner: 'gitlab',
      side: 'dot',
    });
  });
});
