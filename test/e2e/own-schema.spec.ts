import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import {
  Database,
  DatabaseModule,
  MigrationsForbidden,
  MigrationsPending,
  pendingSql,
  prepareDatabase,
  TablesInUse,
  TablesMissing,
  type DatabaseSettings,
} from '@app/database';
import { orgId } from '@app/kernel';
import { freshDatabase, migrations, type FreshDatabase } from '../support/database';

/** A database of the last version whose tables were in `public`, by pg_dump: two orgs in sync. */
const FORMER = readFileSync(join(__dirname, 'fixtures/database-in-public.sql'), 'utf8');
/** Tables of a host in the same schema. */
const OF_HOST = `
  CREATE TABLE public.orders (id int PRIMARY KEY);
  INSERT INTO public.orders VALUES (1);
  CREATE TABLE public.deployments (id text)`;

const id = randomBytes(6).toString('hex');

let database: FreshDatabase;
let url: string;
let owner: Client;

/** Empties the database of what the template has. */
beforeEach(async () => {
  database = await freshDatabase();
  owner = new Client(withoutOptions(database.ownerUrl));
  await owner.connect();
  await owner.query('DROP SCHEMA gitlab_sync CASCADE');
  ({ url } = database);
});
afterEach(async () => {
  await owner.end();
  await database.drop();
});

const settings = (): DatabaseSettings => ({ url, migrationsUrl: withoutOptions(database.ownerUrl) });
const start = (more: Partial<DatabaseSettings> = {}) =>
  prepareDatabase({ ...settings(), ...more } as DatabaseSettings, migrations);
const name = () => new URL(url).pathname.slice(1);
const given = (sql: string) => owner.query(sql);
const rows = async (sql: string) => (await owner.query(sql)).rows.map((row: object) => Object.values(row)[0]);

const counts = async (schema: string) => {
  const tables = await rows(
    `SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = '${schema}'::regnamespace ORDER BY 1`,
  );
  const counted: Record<string, string> = {};
  for (const table of tables) [counted[table]] = await rows(`SELECT count(*) FROM ${schema}.${table}`);
  return counted;
};

/** Everything in a schema, with its rights and default rights. */
const inventory = (schema: string) =>
  rows(`
    SELECT relname || coalesce(relacl::text, '') FROM pg_class WHERE relnamespace = '${schema}'::regnamespace
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = '${schema}'::regnamespace
    UNION ALL SELECT typname FROM pg_type WHERE typnamespace = '${schema}'::regnamespace
    UNION ALL SELECT defaclacl::text FROM pg_default_acl WHERE defaclnamespace = '${schema}'::regnamespace
    UNION ALL SELECT nspacl::text FROM pg_namespace WHERE nspname = '${schema}' ORDER BY 1`);

async function started<T>(more: DatabaseSettings, read: (db: Database) => Promise<T>): Promise<T> {
  const app = await Test.createTestingModule({
    imports: [DatabaseModule.forRoot({ useValue: more }, migrations)],
  }).compile();
  try {
    return await read(app.get(Database));
  } finally {
    await app.close();
  }
}

describe('A first start', () => {
  it('takes nothing from public, and leaves nothing there', async () => {
    await given(OF_HOST);
    const before = await inventory('public');
    expect((await start()).inForce).toBe(true);
    expect(await inventory('public')).toEqual(before);
    expect(await counts('gitlab_sync')).toMatchObject({ sync_runs: '0', deployment: '1' });
  });

  it('does not touch migrations of a host, with any table name', async () => {
    await given(`
      CREATE TABLE public.migrations (id serial PRIMARY KEY, timestamp bigint NOT NULL, name varchar NOT NULL);
      INSERT INTO public.migrations (timestamp, name) VALUES (1, 'Orders1');
      CREATE TABLE public.sync_runs (id int)`);
    const before = await inventory('public');
    await start();
    expect(await inventory('public')).toEqual(before);
    expect(await rows('SELECT name FROM public.migrations')).toEqual(['Orders1']);
  });

  it('creates the configured schema', async () => {
    await start({ schema: 'elsewhere' });
    expect(await counts('elsewhere')).toMatchObject({ sync_runs: '0' });
    await started({ ...settings(), schema: 'elsewhere' }, async (db) => {
      expect(await db.acrossOrgs.query('SELECT FROM sync_states')).toEqual([]);
    });
    await expect(start({ schema: 'Else where' })).rejects.toThrow('schema must be');
  });
});

describe('The first start on a database of the last version', () => {
  beforeEach(() => given(FORMER));

  it('moves the tables with their rows, and leaves public as a host has it', async () => {
    const { migrations: _, ...before } = await counts('public');
    const granted = await rows(`SELECT nspacl::text FROM pg_namespace WHERE nspname = 'public'`);
    expect(Object.keys(before)).toHaveLength(20);
    expect(granted[0]).toContain('dot_gitlab_sync');
    await given(OF_HOST);

    expect((await start()).inForce).toBe(true);
    expect(await counts('gitlab_sync')).toMatchObject(before);
    expect(await counts('public')).toEqual({ deployments: '0', orders: '1' });
    expect((await inventory('public')).join()).not.toContain('dot_gitlab_sync');
    expect((await start()).inForce).toBe(true);
  });

  it('serves the stored data, to each org its own', async () => {
    await started(settings(), async (db) => {
      for (const org of ['org-0', 'org-1'].map(orgId)) {
        const stored = await db.forOrg(org).query('SELECT DISTINCT org FROM context_files');
        expect(stored).toEqual([{ org }]);
      }
      await db.forOrg(orgId('org-2')).query(`INSERT INTO context_heads VALUES ('org-2', 0)`);
      const moved = await db.forOrg(orgId('org-1')).query<{ position: string }[]>(
        `INSERT INTO audit_entries (id, org, at, subject, name, role, action, from_address, result)
         VALUES (gen_random_uuid(), 'org-1', now(), 'u1', 'Ada', 'admin', 'project.configure', '::1', 'ok') RETURNING position`,
      );
      expect(Number(moved[0].position)).toBeGreaterThan(4); // the sequence moved, too
    });
  });

  it('takes only its own from a table of migrations that a host shares', async () => {
    await given(`INSERT INTO public.migrations (timestamp, name) VALUES (1, 'Orders1')`);
    expect((await start()).inForce).toBe(true);
    expect(await rows('SELECT name FROM public.migrations')).toEqual(['Orders1']);
    const own = await rows('SELECT name FROM gitlab_sync.migrations');
    expect(own.sort()).toEqual(migrations.map(({ name }) => name).sort());
    expect((await inventory('public')).join()).not.toContain('dot_gitlab_sync');
  });

  it('is left to npm run migrate if it may only check', async () => {
    await expect(start({ migrations: 'check' })).rejects.toThrow(MigrationsPending);
    expect(await counts('public')).toHaveProperty('sync_runs');
  });

  it('changes nothing while a process of that version is at work', async () => {
    const busy = new Client(withoutOptions(database.ownerUrl));
    await busy.connect();
    await busy.query('BEGIN; SELECT FROM public.webhook_endpoints');
    await expect(start()).rejects.toThrow(TablesInUse);
    await busy.end();
    expect(Object.keys(await counts('public'))).toHaveLength(21);
    expect((await start()).inForce).toBe(true);
  });

  it('is refused to a user that cannot read the migrations, instead of starting with an empty schema', async () => {
    await given(
      `CREATE ROLE stranger_${id} LOGIN PASSWORD 'secret'; GRANT ALL ON DATABASE ${name()} TO stranger_${id}`,
    );
    const stranger = Object.assign(new URL(url), { username: `stranger_${id}`, password: 'secret' }).href;
    await expect(start({ migrationsUrl: stranger })).rejects.toThrow(MigrationsForbidden);
    await given(`DROP OWNED BY stranger_${id}; DROP ROLE stranger_${id}`);
  });

  it('is refused if a table is missing', async () => {
    await given('DROP TABLE public.sync_quarantine');
    await expect(start()).rejects.toThrow(TablesMissing);
    await expect(start()).rejects.toThrow('sync_quarantine');
    expect(await counts('public')).toHaveProperty('sync_runs');
  });
});

describe('The SQL that is pending', () => {
  it.each([
    ['a database of the last version', FORMER],
    ['an empty database', 'SELECT'],
  ])('does the same by hand to %s', async (_, former) => {
    await given(former);
    const sql = await pendingSql(settings(), migrations);
    expect(await rows(`SELECT count(*) FROM pg_namespace WHERE nspname = 'gitlab_sync'`)).toEqual(['0']);
    for (const statement of sql) await owner.query(statement);
    await owner.query('RESET search_path');
    const left = await pendingSql(settings(), migrations); // the rights of tables that the first part made
    for (const statement of left) await owner.query(statement);
    expect((await start({ migrations: 'check' })).inForce).toBe(true);
    const byHand = await inventory('gitlab_sync');
    await start();
    expect(await inventory('gitlab_sync')).toEqual(byHand);
    expect(await pendingSql(settings(), migrations)).toEqual([]);
  });
});

describe('A database that a host shares', () => {
  it('is reached by the options of the host’s data source, which stays as it is', async () => {
    await start();
    const { hostname, port, username, password, pathname } = new URL(url);
    const options = {
      type: 'postgres' as const,
      ...{ host: hostname, port: Number(port), username, password, database: pathname.slice(1) },
    };
    const app = await Test.createTestingModule({
      imports: [
        TypeOrmModule.forRoot({ ...options, autoLoadEntities: true }),
        DatabaseModule.forRoot(
          { useValue: { dataSource: new DataSource(options), migrationsUrl: database.ownerUrl } },
          migrations,
        ),
      ],
    }).compile();
    const [host, ours] = [app.get(DataSource), app.get<DataSource>(getDataSourceToken('gitlab_sync'))];
    expect(ours).not.toBe(host);
    expect(host.entityMetadatas).toEqual([]);
    expect(await host.query('SHOW search_path')).toEqual([{ search_path: '"$user", public' }]);
    const db = app.get(Database);
    expect(await db.forOrg(orgId('acme')).query('SELECT FROM context_heads')).toEqual([]);
    await app.close();
  });
});

describe('An ordinary owner, as a managed PostgreSQL gives', () => {
  let user: string;
  const asOwner = () => Object.assign(new URL(url), { username: user, password: 'secret' }).href;
  beforeEach(() => (user = `test_${id}`));
  afterEach(() =>
    given(`REASSIGN OWNED BY ${user} TO CURRENT_USER; DROP OWNED BY ${user}; DROP ROLE ${user}`),
  );

  it('gets the missing commands if it may create no schema, and needs no more', async () => {
    await given(`CREATE ROLE ${user} LOGIN PASSWORD 'secret'; GRANT ${user} TO CURRENT_USER`);
    const refused = await start({ url: asOwner(), migrationsUrl: undefined }).catch((error: Error) => error);
    const command = `CREATE SCHEMA gitlab_sync AUTHORIZATION "${user}"`;
    expect(String(refused)).toContain(`  ${command};`);
    await given(command);
    const unlocked = await start({ url: asOwner(), migrationsUrl: undefined }).catch((error: Error) => error);
    const commands = [...String(unlocked).matchAll(/^ {2}(GRANT .*);$/gm)].map(([, text]) => text);
    for (const text of commands.slice(0, 2)) await given(text);
    expect((await start({ url: asOwner(), migrationsUrl: undefined })).inForce).toBe(true);
  });

  it('mends what a restore left out, because the new server had no roles', async () => {
    await given(`CREATE ROLE ${user} LOGIN PASSWORD 'secret'; GRANT ${user} TO CURRENT_USER;
      GRANT CREATE ON DATABASE ${name()} TO ${user}; GRANT dot_gitlab_sync, dot_gitlab_sync_all, dot_gitlab_sync_retention TO ${user}`);
    const restored = { url, migrationsUrl: asOwner() };
    await start(restored);
    for (const policy of await rows(
      `SELECT format('DROP POLICY %I ON gitlab_sync.%I', polname, relname) FROM pg_policy p JOIN pg_class t ON t.oid = polrelid`,
    ))
      await given(policy);
    await given(`REVOKE ALL ON ALL TABLES IN SCHEMA gitlab_sync FROM dot_gitlab_sync, dot_gitlab_sync_all`);
    const refused = await start({ url, migrationsUrl: undefined, migrations: 'off' }).catch(String);
    expect(refused).toContain('CREATE POLICY one_org ON gitlab_sync.sync_runs');
    expect((await start(restored)).inForce).toBe(true);
  });
});

function withoutOptions(ownerUrl: string): string {
  const plain = new URL(ownerUrl);
  plain.search = '';
  return plain.href;
}
