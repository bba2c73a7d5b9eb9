import { randomBytes } from 'node:crypto';
import { Test } from '@nestjs/testing';
import { orgId } from '@app/kernel';
import { freshDatabase, type FreshDatabase, migrations } from '../../../../test/support/database';
import { Database } from '../database';
import { DatabaseModule } from '../database.module';
import { migrate } from '../migrate';
import type { DatabaseSettings } from '../settings';
import { withClient } from '../with-client';
import { RowSecurity } from './check-row-security';
import { ROLES } from './roles';
import { MigrationsForbidden, MigrationsPending, TenantsUnlocked } from './row-security.errors';

const ACME = orgId('acme');

async function started<T>(settings: DatabaseSettings, read: (rowSecurity: RowSecurity, db: Database) => T) {
  const app = await Test.createTestingModule({
    imports: [DatabaseModule.forRoot({ useValue: settings }, migrations)],
  }).compile();
  try {
    return await read(app.get(RowSecurity), app.get(Database));
  } finally {
    await app.close();
  }
}

const inForce = (settings: DatabaseSettings) => started(settings, (rowSecurity) => rowSecurity.inForce);
const sql = (url: string, ...texts: string[]) =>
  withClient(url, async (client) => {
    for (const text of texts) await client.query(text);
  });
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => new Error('it did not fail'),
    (error: Error) => error,
  );
const commandsIn = ({ message }: Error) =>
  [...message.matchAll(/^ {2}(.*;)$/gm)].map(([, command]) => command);

describe('A start', () => {
  let database: FreshDatabase;
  let user: string;
  let userUrl: string;

  beforeEach(async () => {
    database = await freshDatabase();
    user = `test_${randomBytes(6).toString('hex')}`;
    userUrl = Object.assign(new URL(database.ownerUrl), { username: user, password: 'p%2F$w' }).href;
  });
  afterEach(async () => {
    await sql(database.ownerUrl, 'DROP SCHEMA gitlab_sync CASCADE');
    await sql(database.ownerUrl, `DROP OWNED BY ${user}`, `DROP ROLE ${user}`).catch(() => undefined);
    await database.drop();
  });

  const givenUser = () =>
    sql(
      database.ownerUrl,
      `CREATE ROLE ${user} LOGIN PASSWORD 'p/$w'`,
      `GRANT ${user} TO CURRENT_USER`,
      'DROP SCHEMA gitlab_sync CASCADE',
      `CREATE SCHEMA gitlab_sync AUTHORIZATION ${user}`,
    );

  it('finds row-level security in force, as a user that owns nothing', async () => {
    expect(await inForce({ url: database.url })).toBe(true);
    expect(await inForce({ url: database.url, migrations: 'check' })).toBe(true);
    expect(await inForce({ url: database.url, migrations: 'off' })).toBe(true);
  });

  it('creates the missing roles and rights as the owner of the tables, also for the user of the service', async () => {
    await sql(
      database.ownerUrl,
      'DROP POLICY every_org ON sync_states',
      'ALTER TABLE sync_runs NO FORCE ROW LEVEL SECURITY',
      `GRANT UPDATE, DELETE ON audit_entries TO ${ROLES.org}`,
    );
    const refused = await failure(inForce({ url: database.url }));
    expect(refused).toBeInstanceOf(TenantsUnlocked);
    expect(commandsIn(refused)).toEqual([
      `REVOKE UPDATE, DELETE ON gitlab_sync.audit_entries FROM ${ROLES.org};`,
      'ALTER TABLE gitlab_sync.sync_runs FORCE ROW LEVEL SECURITY;',
      `CREATE POLICY every_org ON gitlab_sync.sync_states TO ${ROLES.acrossOrgs} USING (true) WITH CHECK (true);`,
    ]);
    expect(await inForce({ url: userUrl, migrationsUrl: database.ownerUrl })).toBe(true);
    expect(await inForce({ url: database.url })).toBe(true);
    await expect(sql(userUrl, 'SELECT FROM gitlab_sync.context_heads')).rejects.toThrow('permission denied');
  });

  it('may be that of several processes and databases at the same time', async () => {
    const others = await Promise.all([1, 2, 3].map(() => freshDatabase()));
    await Promise.all(others.map(({ ownerUrl }) => sql(ownerUrl, 'DROP SCHEMA gitlab_sync CASCADE')));
    const all = [database, ...others].flatMap(({ ownerUrl: migrationsUrl }) => {
      const url = Object.assign(new URL(migrationsUrl), { username: user, password: 'p%2F$w' }).href;
      return [1, 2].map(() => ({ url, migrationsUrl }));
    });
    await Promise.all(all.map((settings) => migrate(settings, migrations)));
    for (const settings of all) expect(await inForce({ ...settings, migrations: 'check' })).toBe(true);
    for (const { drop } of others) await drop();
  });

  it('is refused as a superuser, with the commands that help', async () => {
    const asSuperuser = { url: database.ownerUrl };
    const isSuperuser = await withClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query('SELECT rolsuper FROM pg_roles WHERE rolname = session_user');
      return rows[0].rolsuper;
    });
    if (!isSuperuser) return;
    const { message } = await failure(inForce(asSuperuser));
    expect(message).toContain(`CREATE ROLE dot_gitlab_sync_service LOGIN NOINHERIT PASSWORD '<password>';`);
    expect(message).toContain('MIGRATIONS_DATABASE_URL');
    expect(await inForce({ ...asSuperuser, allowUnlockedTenants: true })).toBe(false);
  });

  it('is refused as an owner without the right to create roles, until an administrator has run the printed commands', async () => {
    await givenUser();
    const asOwner = { url: userUrl };
    const refused = await failure(inForce(asOwner));
    expect(commandsIn(refused).slice(0, 2)).toEqual([
      `GRANT ${Object.values(ROLES).join(', ')} TO "${user}";`,
      `GRANT ${ROLES.acrossOrgs} TO "${user}";`,
    ]);
    const seen = await started({ ...asOwner, allowUnlockedTenants: true }, async (rowSecurity, db) => {
      await db.forOrg(ACME).query(`INSERT INTO context_heads VALUES ('acme', 0)`);
      return [
        rowSecurity.inForce,
        (await db.acrossOrgs.query<unknown[]>('SELECT FROM context_heads')).length,
      ];
    });
    expect(seen).toEqual([false, 1]);
    await sql(database.ownerUrl, ...commandsIn(refused).slice(0, 2));
    expect(await inForce(asOwner)).toBe(true);
    await withClient(userUrl, async (owner) => {
      const { rowCount } = await owner.query('UPDATE context_heads SET revision = 1');
      expect(rowCount).toBe(1); // a later migration may have to change rows
    });
  });

  it('is refused if the schema is out of date and the service may only check it or does not own it', async () => {
    await sql(database.ownerUrl, `DELETE FROM migrations WHERE name LIKE 'ReplacedKeys%'`);
    const pending = await failure(inForce({ url: database.url, migrations: 'check' }));
    expect(pending).toBeInstanceOf(MigrationsPending);
    expect(pending.message).toContain('ReplacedKeys');
    expect(await failure(inForce({ url: database.url }))).toBeInstanceOf(MigrationsForbidden);
    expect(await inForce({ url: database.url, migrations: 'off' })).toBe(true);
  });
});
