import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Database, dataSourceOn, GITLAB_SYNC, migrate, pgSettings, Sql } from '@app/database';
import { SqlTransactions } from '@app/database/testing';
import { migrations } from '@app/gitlab-sync';
import type { Transactions } from '@app/kernel';

export { migrations };

export interface FreshDatabase {
  /** For the service: a user that owns nothing. */
  readonly url: string;
  /** For the test, which may see and change everything; names without a schema are those of the service. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** The parts that TypeORM adapters need, on a database of their own. */
export interface OpenDatabase {
  readonly ownerUrl: string;
  readonly db: Database;
  readonly transactions: Transactions;
  close(): Promise<void>;
}

/** Login of services on the database server of tests; it has only the rights that the migrations give it. */
const LOGIN = 'dot_sync_test_login';

/** The source of the template, besides the migrations. */
const RIGHTS_SOURCE = readFileSync(join(__dirname, '../../libs/database/src/row-security/roles.ts'), 'utf8');

/** Lock number: specs of several processes may need the template at the same time. */
const MAKING_TEMPLATE = 4_715_020_313;

/** A migrated database of one's own, on TEST_DATABASE_URL or else on the run's embedded PostgreSQL. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = await databaseServer();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withClient(server, async (client) => {
    const template = await migratedTemplate(server, client);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  });
  return {
    url: loginUrl(urlOf(server, name)),
    ownerUrl: inSchema(urlOf(server, name)),
    drop: () => withClient(server, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

/** @returns the address of the database server, as a user who may create databases and roles */
export async function databaseServer(): Promise<string> {
  return process.env.TEST_DATABASE_URL ?? (await testClusterUrl());
}

export async function openDatabase(rows: (new () => object)[]): Promise<OpenDatabase> {
  const { url, ownerUrl, drop } = await freshDatabase();
  const sql = new Sql(pgSettings({ url }));
  const source = await new DataSource({ ...dataSourceOn(sql), entities: rows }).initialize();
  const db = new Database(sql, source);
  const close = async () => {
    await source.destroy();
    await drop();
  };
  return { ownerUrl, db, transactions: new SqlTransactions(db), close };
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
  const source = [...migrations.map(({ prototype }) => `${prototype.up}`), RIGHTS_SOURCE].join();
  const name = `template_${createHash('sha256').update(source).digest('hex').slice(0, 16)}`;
  await client.query('SELECT pg_advisory_lock($1)', [MAKING_TEMPLATE]);
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (!rowCount) {
    await client.query(`DROP DATABASE IF EXISTS ${name}_unfinished`);
    await client.query(`CREATE DATABASE ${name}_unfinished`);
    const owner = urlOf(server, `${name}_unfinished`);
    await migrate({ url: loginUrl(owner), migrationsUrl: owner }, migrations);
    await client.query(`ALTER DATABASE ${name}_unfinished RENAME TO ${name}`);
  }
  await client.query('SELECT pg_advisory_unlock($1)', [MAKING_TEMPLATE]);
  return name;
}

/** Connects for the time of the work. */
export async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** A password for a user of test databases only: it is the same for each run on a server. */
function loginUrl(ownerUrl: string): string {
  const url = new URL(ownerUrl);
  url.username = url.password = LOGIN;
  return url.href;
}

/** Names without a schema are those of the service. */
export function inSchema(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `-c search_path=${GITLAB_SYNC}`);
  url.search = url.search.replaceAll('+', '%20'); // libpq reads + as itself
  return url.href;
}

/** Tables in the schema of the service would be taken for its own. */
export function inPublicSchema(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', '-c search_path=public');
  url.search = url.search.replaceAll('+', '%20');
  return url.href;
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
