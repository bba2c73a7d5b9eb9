import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import { orgId } from '@app/kernel';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database';
import { Database } from './database';
import { migrate } from './migrate';

const [ACME, GLOBEX] = [orgId('acme'), orgId('globex')];

describe('Row-level security', () => {
  let database: FreshDatabase;
  let source: DataSource;
  let db: Database;
  beforeAll(async () => {
    database = await freshDatabase();
    source = new DataSource({ type: 'postgres', url: database.url, extra: { max: 2, pipeline: true } });
    db = new Database(await source.initialize());
  }, 60_000);
  beforeEach(async () => {
    await db.everyOrg.query('DELETE FROM context_heads');
    for (const org of [ACME, GLOBEX]) await insert(org, org);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const insert = (as: typeof ACME, org: string) =>
    db.of(as).query('INSERT INTO context_heads (org, revision) VALUES ($1, 0)', [org]);
  /** A query that forgot to name the org. */
  const seenBy = async (manager: { query(sql: string): Promise<unknown> }) => {
    const rows = (await manager.query('SELECT org FROM context_heads ORDER BY org')) as { org: string }[];
    return rows.map(({ org }) => org);
  };

  it('shows each org its own rows, to a query that names none', async () => {
    expect(await seenBy(db.of(ACME))).toEqual([ACME]);
    expect(await seenBy(db.of(GLOBEX))).toEqual([GLOBEX]);
    expect(await seenBy(db.everyOrg)).toEqual([ACME, GLOBEX]);
  });

  it('holds where queries of several orgs take turns on few connections', async () => {
    const orgs = Array.from({ length: 60 }, (_, i) => (i % 3 ? ACME : GLOBEX));
    expect(await Promise.all(orgs.map((org) => seenBy(db.of(org))))).toEqual(orgs.map((org) => [org]));
  });

  it('lends one connection to what is asked for one org in one tick, also where a part of it fails', async () => {
    const process = async (org: typeof ACME) => {
      const [{ pid }] = await db.of(org).query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
      return pid;
    };
    const failing = db.of(ACME).query('SELECT nonsense');
    const [refused, ...pids] = await Promise.allSettled([
      failing,
      process(ACME),
      process(ACME),
      process(GLOBEX),
    ]);
    const [one, other, globex] = pids.map((asked) => asked.status === 'fulfilled' && asked.value);
    expect(refused.status).toBe('rejected');
    expect(one).toEqual(expect.any(Number));
    expect(other).toBe(one);
    expect(globex).not.toBe(one);
    expect(await seenBy(db.of(ACME))).toEqual([ACME]);
  });

  it('lets nobody write for another org', async () => {
    await expect(insert(ACME, 'initech')).rejects.toThrow('row-level security');
    const [, changed] = await db.of(ACME).query<[unknown, number]>('UPDATE context_heads SET revision = 9');
    expect(changed).toBe(1);
    await expect(db.of(ACME).query(`UPDATE context_heads SET org = 'initech'`)).rejects.toThrow('row-level');
    await db.of(ACME).query('DELETE FROM context_heads');
    expect(await seenBy(db.everyOrg)).toEqual([GLOBEX]);
  });

  it('holds inside a transaction, and after one that failed', async () => {
    await db.transaction(async () => {
      expect(await seenBy(db.of(ACME))).toEqual([ACME]);
      expect(await seenBy(db.of(GLOBEX))).toEqual([GLOBEX]);
    });
    for (const org of [ACME, GLOBEX, ACME]) {
      const failed = db.transaction(async () => {
        expect(await seenBy(db.of(org))).toEqual([org]);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await seenBy(db.of(org))).toEqual([org]);
      const other = org === ACME ? GLOBEX : ACME;
      expect(await Promise.all([1, 2, 3].map(() => seenBy(db.of(other))))).toEqual([
        [other],
        [other],
        [other],
      ]);
    }
  });

  it.each([
    ['one tenant', () => db.of(GLOBEX).query('ROLLBACK TO SAVEPOINT before')],
    ['the other, without a wait', () => void db.of(ACME).query('ROLLBACK TO SAVEPOINT before')],
    ['TypeORM', () => db.of(GLOBEX).queryRunner!.query('ROLLBACK TO SAVEPOINT before')],
  ])('holds after a savepoint that %s rolls back', async (_, rollBack) => {
    await db.transaction(async () => {
      expect(await seenBy(db.of(ACME))).toEqual([ACME]);
      await db.of(ACME).query('SAVEPOINT before');
      expect(await seenBy(db.of(GLOBEX))).toEqual([GLOBEX]);
      await rollBack();
      expect(await seenBy(db.of(GLOBEX))).toEqual([GLOBEX]);
    });
    expect(await seenBy(db.of(GLOBEX))).toEqual([GLOBEX]);
    expect(await Promise.all([ACME, GLOBEX].map((org) => seenBy(db.of(org))))).toEqual([[ACME], [GLOBEX]]);
  });

  it('holds between TypeORM and what is asked for another org in one transaction', async () => {
    const rows = (manager: EntityManager) =>
      manager.createQueryBuilder().select('org').from('context_heads', 'it').getRawMany<{ org: string }>();
    const [acme, globex, plain] = await db.transaction(() =>
      Promise.all([rows(db.of(ACME)), rows(db.of(GLOBEX)), seenBy(db.of(ACME))]),
    );
    expect([acme, globex]).toEqual([[{ org: ACME }], [{ org: GLOBEX }]]);
    expect(plain).toEqual([ACME]);
  });

  it('shows nothing to a query without an org', async () => {
    const client = new Client(database.url);
    await client.connect();
    await client.query('SET ROLE dot_gitlab_sync');
    expect(await seenBy({ query: async (sql) => (await client.query(sql)).rows })).toEqual([]);
    await expect(client.query(`INSERT INTO context_heads VALUES ('initech', 0)`)).rejects.toThrow(
      'row-level',
    );
    await client.end();
  });

  it('is done without where the database user may take no role', async () => {
    const admin = new Client(database.url);
    await admin.connect();
    const name = `plain_${randomBytes(6).toString('hex')}`;
    await admin.query(`CREATE ROLE ${name} LOGIN PASSWORD '${name}'`);
    await admin.query(`CREATE DATABASE ${name} OWNER ${name}`);
    const url = Object.assign(new URL(database.url), {
      username: name,
      password: name,
      pathname: `/${name}`,
    });
    await migrate(url.href);
    const plain = await new DataSource({
      type: 'postgres',
      url: url.href,
      extra: { pipeline: true },
    }).initialize();
    const unlocked = new Database(plain);
    await unlocked.onApplicationBootstrap();
    await unlocked.of(ACME).query(`INSERT INTO context_heads VALUES ('acme', 0)`);
    expect(await seenBy(unlocked.of(ACME))).toEqual([ACME]);
    await plain.destroy();
    await admin.query(`DROP DATABASE ${name}`);
    await admin.query(`DROP ROLE ${name}`);
    await admin.end();
  });

  it('is on for every table that has an org, and every table has one', async () => {
    const client = new Client(database.url);
    await client.connect();
    const { rows } = await client.query<{ table: string }>(`
      SELECT c.relname AS table FROM pg_class c
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'migrations'
         AND NOT (c.relrowsecurity AND EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'one_org'))`);
    await client.end();
    expect(rows).toEqual([]);
  });
});
