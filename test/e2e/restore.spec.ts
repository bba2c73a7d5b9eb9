import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { ServiceProcess } from '../support/service-process';

const guide = readFileSync(join(__dirname, '../../docs/operations/guide.md'), 'utf8');
const section = /^## Backup and restore\n[\s\S]*?(?=^## )/m.exec(guide)![0];
const [backUp, restore] = [...section.matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].map(
  ([, commands]) => commands,
);

/** The tools must be as new as the server. The embedded PostgreSQL comes without them. */
const majorOf = (program: string) =>
  /\b(\d+)\./.exec(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
const hasTools = process.env.TEST_DATABASE_URL && ['pg_dump', 'pg_restore', 'psql'].every(majorOf);
const describeWithTools = hasTools ? describe : describe.skip;

describeWithTools('The commands of the guide (PostgreSQL by TEST_DATABASE_URL, pg_dump, pg_restore)', () => {
  let directory: string;
  let database: FreshDatabase;
  let server: Client;
  const copy = `restored_${randomBytes(8).toString('hex')}`;
  const inCopy = (url: string) => Object.assign(new URL(url), { pathname: `/${copy}` }).href;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'restore-'));
    database = await freshDatabase();
    server = new Client(database.ownerUrl);
    await server.connect();
    await server.query(`CREATE DATABASE ${copy}`);
  });
  afterAll(async () => {
    await server.query(`DROP DATABASE ${copy} WITH (FORCE)`);
    await server.end();
    await database.drop();
    await rm(directory, { recursive: true });
  });

  const run = (commands: string, url: string) =>
    execFileSync('bash', ['-euc', commands], {
      cwd: directory,
      env: { ...process.env, MIGRATIONS_DATABASE_URL: url },
      encoding: 'utf8',
    });

  it('bring every row and every policy into another database, with an up-to-date schema', async () => {
    await server.query(
      `INSERT INTO audit_entries (id, org, at, subject, name, role, action, target, from_address, result)
       VALUES (gen_random_uuid(), 'acme', now(), 'ada', 'Ada', 'admin', 'connection.create', '{}', '10.0.0.1', 'ok')`,
    );
    run(backUp, database.ownerUrl);
    run(restore, inCopy(database.ownerUrl));

    const restored = new Client(inCopy(database.ownerUrl));
    await restored.connect();
    const policies = 'SELECT count(*) FROM pg_policies';
    const entries = 'SELECT count(*) FROM audit_entries';
    for (const query of [policies, entries])
      expect((await restored.query(query)).rows).toEqual((await server.query(query)).rows);
    await restored.end();

    const migration = ServiceProcess.migrate({
      DATABASE_URL: inCopy(database.url),
      MIGRATIONS_DATABASE_URL: inCopy(database.ownerUrl),
      AUTH_JWT_SECRET: 'x'.repeat(32),
      SECRETS_KEYS: `one:${Buffer.alloc(32).toString('base64')}`,
    });
    expect(await migration.ended()).toBe(0);
    expect(migration.printed).toContain('Row-level security is in force.');
  });
});
