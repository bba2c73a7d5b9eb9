import { randomUUID } from 'node:crypto';
import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { ManualClock, orgId, type OrgId, type Transactions } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../../test/support/database';
import { InMemoryEventFeed } from '../../testing/in-memory-event-feed';
import type { EventFeed } from './event-feed.port';
import { SyncEventRow, TypeOrmEventFeed } from './typeorm-event-feed';

interface Subject {
  readonly feed: EventFeed;
  readonly transactions: Transactions;
}

const clock = new ManualClock(new Date('2026-01-01T12:00:00Z'));
const silent = (org: OrgId) => ({ name: 'webhook.silent.v1', org }) as const;
const conflict = (org: OrgId, path: string) =>
  ({ name: 'conflict.found.v1', org, path, winner: 'dot' }) as const;

let org: OrgId;
beforeEach(() => (org = orgId(`org-${randomUUID()}`)));

function describeFeed(name: string, arrange: () => Subject): void {
  describe(`the feed of events: ${name}`, () => {
    it('returns the events of an org in their order, page by page, and goes on from the last', async () => {
      const { feed } = arrange();
      expect(await feed.after(org, {})).toEqual({ items: [], nextCursor: null });
      await feed.add(conflict(org, 'a'));
      await feed.add(silent(orgId('another')));
      await feed.add(conflict(org, 'b'));
      const first = await feed.after(org, { limit: 1 });
      expect(first.items).toEqual([
        {
          id: expect.stringMatching(/^\d+$/),
          name: 'conflict.found.v1',
          at: '2026-01-01T12:00:00.000Z',
          data: conflict(org, 'a'),
        },
      ]);
      const second = await feed.after(org, { cursor: first.nextCursor });
      expect(second.items.map(({ data }) => data)).toEqual([conflict(org, 'b')]);
      expect(await feed.after(org, { cursor: second.nextCursor })).toEqual({ ...second, items: [] });
      await feed.add(silent(org));
      expect((await feed.after(org, { cursor: second.nextCursor })).items).toMatchObject([
        { name: 'webhook.silent.v1' },
      ]);
    });

    it('keeps no event of a change that was rolled back', async () => {
      const { feed, transactions } = arrange();
      const undone = transactions.run(async () => {
        await feed.add(silent(org));
        throw new Error('the change failed');
      });
      await expect(undone).rejects.toThrow();
      expect((await feed.after(org, {})).items).toEqual([]);
    });

    it('refuses a cursor of another list', async () => {
      await expect(arrange().feed.after(org, { cursor: 'strange' })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    });
  });
}

describeFeed('in memory', () => {
  const tables = new InMemoryTables();
  return {
    feed: new InMemoryEventFeed(tables, clock),
    transactions: new InMemoryTransactions(tables),
  };
});

describe('on PostgreSQL', () => {
  let database: OpenDatabase;
  beforeAll(async () => {
    database = await openDatabase([SyncEventRow]);
  });
  afterAll(() => database.close());

  const arrange = () => ({
    feed: new TypeOrmEventFeed(database.db, clock),
    transactions: database.transactions,
  });
  describeFeed('PostgreSQL', arrange);

  it('a reader waits for an event that has its place already and is not committed yet', async () => {
    const { feed, transactions } = arrange();
    let commit: () => void = () => undefined;
    const stored = new Promise<void>((begun) => {
      void transactions.run(async () => {
        await feed.add(conflict(org, 'early'));
        begun();
        await new Promise<void>((resolve) => (commit = resolve));
      });
    });
    await stored;
    await feed.add(conflict(org, 'late'));
    let read = false;
    const reading = feed.after(org, {}).finally(() => (read = true));
    while (!read && !(await someoneWaits())) continue;
    commit();
    expect((await reading).items.map(({ data }) => data)).toEqual([
      conflict(org, 'early'),
      conflict(org, 'late'),
    ]);
  });

  /** Returns whether a query of this database waits for an advisory lock. */
  async function someoneWaits(): Promise<boolean> {
    const waiting = await database.db.acrossOrgs.query<unknown[]>(
      `SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
        WHERE locktype = 'advisory' AND NOT granted AND d.datname = current_database()`,
    );
    return waiting.length > 0;
  }
});
