import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Database, migrate, migrations } from '@app/database';
import { TypeOrmTransactions } from '@app/database/testing';
import type { Transactions } from '@app/kernel';

export interface FreshDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** What TypeORM adapters need, on a database of their own. */
export interface OpenDatabase {
  readonly url: string;
  readonly db: Database;
  readonly transactions: Transactions;
  close(): Promise<void>;
}

/** Specs of several processes may want the template at once. */
const MAKING_TEMPLATE = 4_715_020_313;

/** A migrated database of one's own, on TEST_DATABASE_URL or else on the run's embedded PostgreSQL. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env.TEST_DATABASE_URL ?? (await testClusterUrl());
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(server, async (client) => {
    const template = await migratedTemplate(server, client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: urlOf(server, name),
    drop: () => withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

export async function openDatabase(rows: (new () => object)[]): Promise<OpenDatabase> {
  const { url, drop } = await freshDatabase();
  const source = new DataSource({ type: 'postgres', url, entities: rows, extra: { pipeline: true } });
  const db = new Database(await source.initialize());
  const close = async () => {
    await source.destroy();
    await drop();
  };
  return { url, db, transactions: new TypeOrmTransactions(db), close };
}

async function testClusterUrl(): Promise<string> {
  const socket = connect(Number(process.env.TEST_CLUSTER_PORT), '127.0.0.1');
  await once(socket, 'connect');
  const url = await text(socket);
  if (!url)
    throw new Error('The embedded PostgreSQL for tests did not start. Set TEST_DATABASE_URL to another.');
  return url;
}

async function migratedTemplate(server: string, client: Client): Promise<string> {
  const source = migrations.map(({ prototype }) => `${prototype.up}`).join();
  const name = `template_${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
  await client.query('SELECT pg_advisory_lock($1)', [MAKING_TEMPLATE]);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (!rowCount) {
    await client.query(`DROP DATABASE IF EXISTS ${name}_unfinished`);
    await client.query(`CREATE DATABASE ${name}_unfinished`);
    await migrate(urlOf(server, `${name}_unfinished`));
    await client.query(`ALTER DATABASE ${name}_unfinished RENAME TO ${name}`);
  }
  await client.query('SELECT pg_advisory_unlock($1)', [MAKING_TEMPLATE]);
  return name;
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
