import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as Postgres } from 'pg';
import request from 'supertest';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { freePort } from '../support/service';
import { ServiceProcess } from '../support/service-process';

describe('Row-level security, as an operator meets it', () => {
  let database: FreshDatabase;
  let user: string;
  let env: Record<string, string>;
  let running: ServiceProcess | null;

  beforeEach(async () => {
    database = await freshDatabase();
    user = `test_${randomBytes(6).toString('hex')}`;
    running = null;
    env = {
      PORT: String(await freePort()),
      AUTH_JWT_SECRET: randomBytes(32).toString('hex'),
      SECRETS_KEYS: `one:${randomBytes(32).toString('base64')}`,
      LOG_LEVEL: 'warn',
    };
  });
  afterEach(async () => {
    await running?.stop();
    await owner(`DROP ROLE IF EXISTS ${user}`);
    await database.drop();
  });

  async function owner(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Postgres(database.ownerUrl);
    await client.connect();
    return client
      .query<Record<string, unknown>>(sql)
      .then(({ rows }) => rows)
      .finally(() => client.end());
  }
  const start = async (more: Record<string, string>) => {
    running = await ServiceProcess.main({ ...env, ...more }).ready();
    return running;
  };
  const reported = async () => {
    const at = request(`http://127.0.0.1:${env.PORT}`);
    const { text } = await at.get('/metrics').expect(200);
    return [
      (await at.get('/health/ready').expect(200)).body.checks.tenants,
      /^row_security_in_force .$/m.exec(text)?.[0],
    ];
  };

  it('is in force in a database of its own, without a setting', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tenants-'));
    await chmod(dataDir, 0o711);
    try {
      await start({ DATA_DIR: dataDir, DATABASE_URL: '' });
      expect(await reported()).toEqual(['locked', 'row_security_in_force 1']);
      await running?.stop();
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it('is brought into force by npm run migrate, after which processes need no rights to the schema', async () => {
    await owner('DROP SCHEMA gitlab_sync CASCADE');
    const url = Object.assign(new URL(database.ownerUrl), { username: user, password: 'secret' }).href;
    const checking = { DATABASE_URL: url, MIGRATIONS: 'check' };
    const migrating = { ...env, ...checking, MIGRATIONS_DATABASE_URL: database.ownerUrl };
    const migration = ServiceProcess.migrate(migrating);
    expect(await migration.ended()).toBe(0);
    expect(migration.printed).toContain('Row-level security is in force.');
    await start(checking);
    expect(await reported()).toEqual(['locked', 'row_security_in_force 1']);
  });

  it('is missed by a start as a superuser, which is refused unless it is allowed', async () => {
    const [{ superuser }] = await owner(
      'SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = session_user',
    );
    if (!superuser) return;
    const asSuperuser = { DATABASE_URL: database.ownerUrl };
    const refused = ServiceProcess.main({ ...env, ...asSuperuser });
    expect(await refused.ended()).toBe(1);
    expect(refused.printed).toMatch(/^Row-level security is not in force/m);
    expect(refused.printed).toContain('CREATE ROLE dot_gitlab_sync_service LOGIN');
    await start({ ...asSuperuser, ALLOW_UNLOCKED_TENANTS: '1' });
    expect(await reported()).toEqual(['unlocked', 'row_security_in_force 0']);
  });
});
