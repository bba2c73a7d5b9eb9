import 'reflect-metadata';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../apps/server/src/embedded-postgres/embedded-postgres';

/** `npm run bench -- <name>` runs `<name>.bench.ts` of this folder: it prints its figures and answers whether its targets are met. */
interface Bench {
  run(): Promise<boolean>;
}

const SUFFIX = '.bench.ts';

async function main(name: string | undefined): Promise<void> {
  const names = (await readdir(__dirname)).filter((file) => file.endsWith(SUFFIX));
  if (!names.includes(`${name}${SUFFIX}`)) {
    console.error(`Usage: npm run bench -- ${names.map((file) => file.slice(0, -SUFFIX.length)).join('|')}`);
    process.exit(2);
  }
  const { run } = (await import(join(__dirname, `${name}${SUFFIX}`))) as Bench;
  const met = await withDatabase(run);
  process.exit(met ? 0 : 1);
}

/** Starts a PostgreSQL with fsync, as in production: figures without it would flatter those who write often. */
async function withDatabase(work: () => Promise<boolean>): Promise<boolean> {
  if (process.env.TEST_DATABASE_URL) return work();
  const dataDir = await mkdtemp(join(tmpdir(), 'dot-gitlab-sync-bench-'));
  await chmod(dataDir, 0o711);
  const postgres = await EmbeddedPostgres.start({ dataDir });
  process.env.TEST_DATABASE_URL = postgres.url;
  try {
    return await work();
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true });
  }
}

void main(process.argv[2]);
