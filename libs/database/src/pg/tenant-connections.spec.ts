import { DataSource } from 'typeorm';
import { orgId } from '@app/kernel';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database';
import { Database } from '../database';
import { ROLES } from '../row-security/roles';
import type { TenantDatabase } from '../tenant-database';
import { pgSettings } from '../settings';
import { dataSourceOn } from '../typeorm/data-source';
import { withClient } from '../with-client';
import { Sql } from './sql';

const [ACME, GLOBEX] = [orgId('acme'), orgId('globex')];

describe('Row-level security', () => {
  let database: FreshDatabase;
  let source: DataSource;
  let db: Database;
  beforeAll(async () => {
    database = await freshDatabase();
    const sql = new Sql(pgSettings({ url: database.url, poolSize: 2 }));
    source = await new DataSource(dataSourceOn(sql)).initialize();
    db = new Database(sql, source);
  });
  beforeEach(async () => {
    for (const org of [ACME, GLOBEX]) await db.forOrg(org).query('DELETE FROM context_heads');
    for (const org of [ACME, GLOBEX]) await insert(org, org);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const insert = (as: typeof ACME, org: string) =>
    db.forOrg(as).query('INSERT INTO context_heads (org, revision) VALUES ($1, 0)', [org]);
  /** Runs a query without the org in its condition. */
  const seenBy = async (manager: { query(sql: string): Promise<unknown> }) => {
    const rows = (await manager.query('SELECT org FROM gitlab_sync.context_heads ORDER BY org')) as {
      org: string;
    }[];
    return rows.map(({ org }) => org);
  };

  it('shows each org its own rows, to a query that names none', async () => {
    expect(await seenBy(db.forOrg(ACME))).toEqual([ACME]);
    expect(await seenBy(db.forOrg(GLOBEX))).toEqual([GLOBEX]);
    expect(await seenBy(db.acrossOrgs)).toEqual([ACME, GLOBEX]);
  });

  it('holds where queries of several orgs take turns on few connections', async () => {
    const orgs = Array.from({ length: 60 }, (_, i) => (i % 3 ? ACME : GLOBEX));
    expect(await Promise.all(orgs.map((org) => seenBy(db.forOrg(org))))).toEqual(orgs.map((org) => [org]));
  });

  it('uses one connection for all queries of one org in one tick, also if one of them fails', async () => {
    const process = async (org: typeof ACME) => {
      const [{ pid }] = await db.forOrg(org).query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
      return pid;
    };
    const failing = db.forOrg(ACME).query('SELECT nonsense');
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
    expect(await seenBy(db.forOrg(ACME))).toEqual([ACME]);
  });

  it('prevents writes for another org', async () => {
    await expect(insert(ACME, 'initech')).rejects.toThrow('row-level security');
    const [, changed] = await db
      .forOrg(ACME)
      .query<[unknown, number]>('UPDATE context_heads SET revision = 9');
    expect(changed).toBe(1);
    await expect(db.forOrg(ACME).query(`UPDATE context_heads SET org = 'initech'`)).rejects.toThrow(
      'row-level',
    );
    await db.forOrg(ACME).query('DELETE FROM context_heads');
    expect(await seenBy(db.acrossOrgs)).toEqual([GLOBEX]);
  });

  it('holds inside a transaction, and after one that failed', async () => {
    await db.transaction(async () => {
      expect(await seenBy(db.forOrg(ACME))).toEqual([ACME]);
      expect(await seenBy(db.forOrg(GLOBEX))).toEqual([GLOBEX]);
    });
    for (const org of [ACME, GLOBEX, ACME]) {
      const failed = db.transaction(async () => {
        expect(await seenBy(db.forOrg(org))).toEqual([org]);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await seenBy(db.forOrg(org))).toEqual([org]);
      const other = org === ACME ? GLOBEX : ACME;
      expect(await Promise.all([1, 2, 3].map(() => seenBy(db.forOrg(other))))).toEqual([
        [other],
        [other],
        [other],
      ]);
    }
  });

  it.each([
    ['one tenant', () => db.forOrg(GLOBEX).query('ROLLBACK TO SAVEPOINT before')],
    ['the other, without a wait', () => void db.forOrg(ACME).query('ROLLBACK TO SAVEPOINT before')],
    ['TypeORM', () => db.forOrg(GLOBEX).orm((manager) => manager.query('ROLLBACK TO SAVEPOINT before'))],
  ])('holds after a savepoint that %s rolls back', async (_, rollBack) => {
    await db.transaction(async () => {
      expect(await seenBy(db.forOrg(ACME))).toEqual([ACME]);
      await db.forOrg(ACME).query('SAVEPOINT before');
      expect(await seenBy(db.forOrg(GLOBEX))).toEqual([GLOBEX]);
      await rollBack();
      expect(await seenBy(db.forOrg(GLOBEX))).toEqual([GLOBEX]);
    });
    expect(await seenBy(db.forOrg(GLOBEX))).toEqual([GLOBEX]);
    expect(await Promise.all([ACME, GLOBEX].map((org) => seenBy(db.forOrg(org))))).toEqual([
      [ACME],
      [GLOBEX],
    ]);
  });

  it('holds between TypeORM and queries for another org in one transaction', async () => {
    const rows = (tenant: TenantDatabase) =>
      tenant.orm((manager) =>
        manager.createQueryBuilder().select('org').from('context_heads', 'it').getRawMany<{ org: string }>(),
      );
    const [acme, globex, plain] = await db.transaction(() =>
      Promise.all([rows(db.forOrg(ACME)), rows(db.forOrg(GLOBEX)), seenBy(db.forOrg(ACME))]),
    );
    expect([acme, globex]).toEqual([[{ org: ACME }], [{ org: GLOBEX }]]);
    expect(plain).toEqual([ACME]);
  });

  it('shows nothing to TypeORM outside the work of a tenant', async () => {
    await expect(source.query('SELECT org FROM gitlab_sync.context_heads')).rejects.toThrow(
      'permission denied',
    );
    const manager = await db.forOrg(ACME).orm(async (lent) => lent);
    await expect(seenBy(manager)).rejects.toThrow('permission denied');
    expect(await seenBy(db.forOrg(ACME))).toEqual([ACME]);
  });

  it('crosses orgs for the tables that need it, and with no right beyond', async () => {
    const denied = (sql: string) => expect(db.acrossOrgs.query(sql)).rejects.toThrow('permission denied');
    await denied(`UPDATE context_heads SET revision = 9`);
    await denied(`INSERT INTO context_heads VALUES ('initech', 0)`);
    await denied(`SELECT bytes FROM context_blobs`);
    await denied(`SELECT name FROM audit_entries`);
    expect(await seenBy(db.acrossOrgs)).toEqual([ACME, GLOBEX]);
  });

  it('shows nothing to a query that has neither a role nor an org', async () => {
    const seen = (role: string) =>
      withClient(database.url, async (client) => {
        await client.query(`SET ROLE ${role}`);
        return seenBy({ query: async (sql) => (await client.query(sql)).rows });
      });
    await expect(seen('none')).rejects.toThrow('permission denied');
    expect(await seen(ROLES.org)).toEqual([]);
    expect(await seen(ROLES.acrossOrgs)).toEqual([ACME, GLOBEX]);
  });

  describe('the audit log', () => {
    const add = (age: string, as = ACME) =>
      db.forOrg(as).query(
        `INSERT INTO audit_entries (id, org, at, subject, name, role, action, from_address, result)
         VALUES (gen_random_uuid(), 'acme', now() - $1::interval, 'u1', 'Ada', 'admin', 'project.configure', '::1', 'ok')`,
        [age],
      );
    const ages = async (manager = db.forOrg(ACME)) =>
      (
        await manager.query<{ days: number }[]>(
          `SELECT extract(day FROM now() - at)::int AS days FROM audit_entries ORDER BY at`,
        )
      ).map(({ days }) => days);

    beforeAll(() => Promise.all(['500 days', '29 days', '1 day'].map((age) => add(age))));

    it('is written and read for an org, and never changed for one', async () => {
      await expect(add('1 day', GLOBEX)).rejects.toThrow('row-level');
      expect(await ages()).toEqual([500, 29, 1]);
      expect(await ages(db.forOrg(GLOBEX))).toEqual([]);
      for (const role of [db.forOrg(ACME), db.acrossOrgs])
        for (const sql of ['DELETE FROM audit_entries', `UPDATE audit_entries SET result = 'ok'`])
          await expect(role.query(sql)).rejects.toThrow('permission denied');
      await expect(db.retention.query(`UPDATE audit_entries SET result = 'ok'`)).rejects.toThrow('denied');
    });

    it('loses only entries older than 30 days, and only to retention', async () => {
      const [, deleted] = await db.retention.query<[unknown, number]>('DELETE FROM audit_entries');
      expect(deleted).toBe(1);
      expect(await ages()).toEqual([29, 1]);
    });
  });

  it.each(Object.values(ROLES))('binds every table for %s, and the owner as well', async (role) => {
    const unbound = await withClient(database.ownerUrl, async (client) => {
      await client.query(`SET ROLE ${role}`);
      const { rows } = await client.query<{ table: string }>(`
        SELECT relname AS table FROM pg_class
         WHERE relkind = 'r' AND relnamespace = 'gitlab_sync'::regnamespace AND relname <> 'migrations'
           AND NOT (row_security_active(oid) AND relforcerowsecurity
                    AND 2 <= (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid AND polname IN ('one_org', 'every_org')))`);
      return rows;
    });
    expect(unbound).toEqual([]);
  });
});
