import { DataSource, type QueryRunner } from 'typeorm';
import { migrations } from './migrations';

/** Any number, the same in every process of every version: who holds it migrates, the others wait. */
const MIGRATING = 4_715_020_311;

/** Brings the schema up to date. Safe from several processes at once: TypeORM's own `migrationsRun` is not. */
export async function migrate(url: string): Promise<void> {
  const source = new DataSource({
    type: 'postgres',
    url,
    migrations: [...migrations],
    migrationsTransactionMode: 'each',
    installExtensions: false,
    applicationName: 'dot-gitlab-sync migrations',
    extra: { max: 2, connectionTimeoutMillis: 10_000 },
  });
  await source.initialize();
  const runner = source.createQueryRunner();
  try {
    await alone(runner, () => source.runMigrations());
  } finally {
    await runner.release();
    await source.destroy();
  }
}

async function alone(runner: QueryRunner, work: () => Promise<unknown>): Promise<void> {
  await runner.query('SELECT pg_advisory_lock($1)', [MIGRATING]);
  try {
    await work();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATING]);
  }
}
