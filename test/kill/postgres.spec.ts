import { EventEmitter, once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { migrate } from '@app/database';
import { Client } from 'pg';
import { EmbeddedPostgres } from '../../apps/server/src/embedded-postgres/embedded-postgres';
import { PROOFS } from '../support/proofs';
import { TestService } from '../support/service';
import { Tenant, untilAllRest } from './tenant';
import { inSchema, migrations } from '../support/database';

const ORGS = 4;
const { times: CRASHES, edits: LEAST_EDITS } = PROOFS.crashedPostgres;
const SYNC = { leaseMs: 1500, sweepMs: 500, pollSeconds: 2 };

/** A PostgreSQL as users run it: it waits for the disk, except for the transactions that do without. */
describe('PostgreSQL that crashes', () => {
  let dataDir: string;
  let postgres: EmbeddedPostgres;
  let service: TestService;
  let committed: EventEmitter;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'crash-postgres-'));
    await chmod(dataDir, 0o711);
    postgres = await EmbeddedPostgres.start({ dataDir });
    const drop = async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true });
    };
    const database = { url: postgres.serviceUrl, ownerUrl: inSchema(postgres.url), drop };
    await migrate({ url: database.url, migrationsUrl: postgres.url }, migrations);
    service = await TestService.start('embedded', { database, sync: SYNC });
    committed = new EventEmitter();
    service.gitlab.calls.before = () => pause(5 + Math.random() * 15);
    service.gitlab.calls.after = ({ operation }) => void committed.emit(operation);
  });
  afterAll(() => service.stop());

  /** Kills the server and all its sessions, as if the machine had failed: data that was not on the disk is lost. */
  async function crash(): Promise<void> {
    const pidFile = await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8');
    process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL');
  }

  /** A session that dies takes all others and their memory with it, and sometimes is taken by the one before. */
  async function crashSession(): Promise<void> {
    const dying = asked('SELECT pg_backend_pid() AS pid', async ({ pid }, client) => {
      const ended = once(client, 'end');
      process.kill(pid, 'SIGKILL');
      await ended;
    });
    await dying.catch(() => undefined);
  }

  const isBack = () => asked('SELECT 1 AS pid', async () => true).catch(() => false);

  /** Handles the answer while the session lasts. */
  async function asked<T>(
    sql: string,
    then: (row: { pid: number }, client: Client) => Promise<T>,
  ): Promise<T> {
    const client = new Client({ connectionString: postgres.url, connectionTimeoutMillis: 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(sql);
      return await then(rows[0], client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  it(`loses nothing it accepted and doubles nothing, ${CRASHES} times`, async () => {
    const clients = await Promise.all(
      Array.from({ length: ORGS }, (_, number) => service.as({ org: `${service.org}-${number}` })),
    );
    const tenants = await Promise.all(clients.map((client) => Tenant.arrive(client, service.gitlab)));
    await untilAllRest(tenants); // the first sync ships Dot's files as they are, not change by change

    const over = new AbortController();
    const edited = Promise.all(
      tenants.map(async (tenant) => {
        for (; !over.signal.aborted; await pause(50 + Math.random() * 150)) await tenant.edit();
      }),
    );
    try {
      for (let crashes = 0; crashes < CRASHES; crashes++) {
        await pause(Math.random() * 500);
        await Promise.race([once(committed, 'commit'), pause(500)]);
        await (crashes % 2 ? crashSession() : crash());
        while (!(await isBack())) await pause(20);
      }
    } finally {
      over.abort();
      await edited;
    }

    await untilAllRest(tenants);
    const broken = await Promise.all(tenants.map((tenant) => tenant.broken(inSchema(postgres.url))));
    expect(broken.flat()).toEqual([]);
    expect(Math.min(...tenants.map(({ size }) => size))).toBeGreaterThan(LEAST_EDITS);
    expect(Math.max(...tenants.map(({ refusals }) => refusals))).toBeGreaterThan(0);
  }, 300_000);
});
