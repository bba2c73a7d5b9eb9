import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { EmbeddedPostgres } from './embedded-postgres';
import { DataDirInUse } from './embedded-postgres.errors';

const ROOT = join(__dirname, '../../../..');

describe('EmbeddedPostgres', () => {
  let dataDir: string;
  let running: EmbeddedPostgres[];
  const start = async () => {
    const server = await EmbeddedPostgres.start({ dataDir, ephemeral: true });
    running.push(server);
    return server;
  };

  beforeEach(async () => {
    running = [];
    const parent = await mkdtemp(join(tmpdir(), 'embedded-postgres-'));
    await chmod(parent, 0o711);
    dataDir = join(parent, 'data dir');
  });
  afterEach(async () => {
    for (const server of running) await server.stop();
    await rm(join(dataDir, '..'), { recursive: true });
  });

  it('keeps its data from one start to the next, on loopback only', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
    expect(await query(first.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await first.stop();
    await expect(query(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');

    const second = await start();
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it('keeps the password to its owner', async () => {
    const { url } = await start();
    expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
    expect(new URL(url).password).toHaveLength(32);
    await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow('authentication');
  });

  it('finds the server again that outlived a killed process', async () => {
    const { process: launcher, url } = await launch(dataDir);
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS n');
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');

    const found = await start();
    expect(found.url).toBe(url);
    expect(await query(found.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
  });

  it('refuses a data directory that another process uses, and does not disturb that process', async () => {
    const first = await start();
    await expect(EmbeddedPostgres.start({ dataDir })).rejects.toThrow(DataDirInUse);
    expect(await query(first.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  it('comes back at the same address when the server is killed', async () => {
    const { url } = await start();
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS n');
    const [pid] = (await readFile(pidFile(), 'utf8')).split('\n').map(Number);
    process.kill(pid, 'SIGKILL');
    expect(await eventually(() => query(url, 'SELECT n FROM kept'))).toEqual([{ n: 1 }]);
  });

  it.each([
    ['a process that is gone', 99_999_999],
    ['another process', process.pid],
  ])('starts over a stale pid file that names %s', async (_, pid) => {
    const server = await start();
    const { uid, gid } = await stat(pidFile());
    await server.stop();
    await writeFile(pidFile(), `${pid}\n${dataDir}\n0\n5432\n\n127.0.0.1\n\nready\n`);
    await chown(pidFile(), uid, gid);
    expect(await query((await start()).url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  });

  if (process.getuid?.() === 0) {
    it('as root, keeps the database elsewhere when its user cannot reach the data directory', async () => {
      await chmod(join(dataDir, '..'), 0o700);
      const first = await start();
      const home = (await readFile(join(dataDir, 'postgres.path'), 'utf8')).trim();
      try {
        await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
        await first.stop();
        expect(await query((await start()).url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
        await running.pop()?.stop();
      } finally {
        await rm(home, { recursive: true });
      }
      await expect(start()).rejects.toThrow(`${home} and is gone`);
      await expect(access(home)).rejects.toThrow('ENOENT');
    });
  }

  const pidFile = () => join(dataDir, 'postgres', 'data', 'postmaster.pid');
});

async function launch(dataDir: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      join(ROOT, 'test/support/run-typescript.cjs'),
      join(ROOT, 'test/support/launch-postgres.ts'),
      dataDir,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const [url] = await once(child.stdout!, 'data');
  return { process: child, url: String(url).trim() };
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 100; tries++) {
    const [outcome] = await Promise.allSettled([work(), new Promise((resolve) => setTimeout(resolve, 100))]);
    if (outcome.status === 'fulfilled') return outcome.value;
  }
  return work();
}
