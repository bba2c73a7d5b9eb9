import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { orgId, Transactions } from '@app/kernel';
import { Database, DatabaseModule, migrate, type TenantSql } from '@app/database';
import { freshDatabase, type FreshDatabase, migrations } from '../../../test/support/database';
import { Wire } from '../../../test/support/wire';

@Module({})
class Host {}

const ACME = orgId('acme');

async function asOwner(url: string, sql: string) {
  const client = new Client(url);
  await client.connect();
  return client.query<{ name: string }>(sql).finally(() => client.end());
}

describe('transactions on PostgreSQL', () => {
  let database: FreshDatabase;
  let app: INestApplicationContext;
  let db: Database;
  let transactions: Transactions;

  beforeAll(async () => {
    database = await freshDatabase();
    const imports = [DatabaseModule.forRoot({ useValue: { url: database.url } }, migrations)];
    app = await NestFactory.createApplicationContext({ module: Host, imports }, { logger: false });
    db = app.get(Database);
    transactions = app.get(Transactions);
    await asOwner(database.ownerUrl, 'CREATE TABLE words (word text)');
  });
  beforeEach(() => asOwner(database.ownerUrl, 'TRUNCATE words'));
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const write = (word: string) => db.forOrg(ACME).query('INSERT INTO words VALUES ($1)', [word]);
  const words = async () =>
    (await db.forOrg(ACME).query<{ word: string }[]>('SELECT word FROM words ORDER BY word')).map(
      ({ word }) => word,
    );

  it('keeps all writes made inside, and hides them from others until the commit', async () => {
    let proceed: () => void = () => undefined;
    const looked = new Promise<void>((resolve) => (proceed = resolve));
    const writing = transactions.run(async () => {
      await write('one');
      await looked;
      return words();
    });
    const seenOutside = await words();
    proceed();
    expect(await writing).toEqual(['one']);
    expect(seenOutside).toEqual([]);
    expect(await words()).toEqual(['one']);
  });

  it('forgets all of them when the work fails, also what a joined transaction wrote, and its effects', async () => {
    const effects: string[] = [];
    const failed = transactions.run(async () => {
      await write('one');
      await transactions.run(async () => {
        await write('two');
        transactions.afterCommit(() => effects.push('published'));
      });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await words()).toEqual([]);
    expect(effects).toEqual([]);
  });

  it('is not considered committed if one of its queries failed and the work continued', async () => {
    const effects: string[] = [];
    const failed = transactions.run(async () => {
      transactions.afterCommit(() => effects.push('published'));
      await write('one');
      await db
        .forOrg(ACME)
        .query('SELECT nonsense')
        .catch(() => undefined);
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(await words()).toEqual([]);
    expect(effects).toEqual([]);
  });

  it('goes on while a query is under way that only its commit waits for', async () => {
    const order: string[] = [];
    await transactions.run(async () => {
      await db.beforeCommit(write('one').then(() => void order.push('written')));
      order.push('went on');
    });
    expect(order).toEqual(['went on', 'written']);
    expect(await words()).toEqual(['one']);
  });

  it('is undone with the reason if a query fails that only its commit waits for', async () => {
    const effects: string[] = [];
    const failed = transactions.run(async () => {
      await write('one');
      transactions.afterCommit(() => effects.push('published'));
      await db.beforeCommit(db.forOrg(ACME).query('SELECT nonsense'));
    });
    await expect(failed).rejects.toThrow('nonsense');
    expect(await words()).toEqual([]);
    expect(effects).toEqual([]);
  });

  it('waits for such a query immediately if no transaction is open', async () => {
    await db.beforeCommit(write('one'));
    expect(await words()).toEqual(['one']);
    await expect(db.beforeCommit(db.forOrg(ACME).query('SELECT nonsense'))).rejects.toThrow('nonsense');
  });

  it('refuses a query once it is over', async () => {
    const manager = await transactions.run(async () => {
      await write('one');
      return db.forOrg(ACME);
    });
    await expect(manager.query('INSERT INTO words VALUES ($1)', ['two'])).rejects.toThrow('has ended');
    expect(await words()).toEqual(['one']);
  });

  it('is shared with TypeORM, up to its end', async () => {
    const count = () =>
      db
        .forOrg(ACME)
        .orm((manager) => manager.createQueryBuilder().select('1').from('words', 'it').getRawMany<unknown>());
    const access = await transactions.run(async () => {
      await write('one');
      expect(await count()).toHaveLength(1);
      return db.forOrg(ACME);
    });
    await expect(access.orm((manager) => manager.query('SELECT 1'))).rejects.toThrow('has ended');
  });

  it('is not begun by TypeORM', async () => {
    const begun = db.forOrg(ACME).orm((manager) => manager.transaction(() => write('one')));
    await expect(begun).rejects.toThrow('use Transactions');
    expect(await words()).toEqual([]);
  });

  it('fails with the error of PostgreSQL, by either way', async () => {
    const nonsense = 'SELECT nonsense';
    await expect(db.forOrg(ACME).query(nonsense)).rejects.toMatchObject({ name: 'error', code: '42703' });
    await expect(db.forOrg(ACME).orm((manager) => manager.query(nonsense))).rejects.toMatchObject({
      name: 'error',
      code: '42703',
    });
  });

  it('refuses queries of work that outlives it', async () => {
    let proceed: () => void = () => undefined;
    const over = new Promise<void>((resolve) => (proceed = resolve));
    let left: Promise<unknown> = Promise.resolve();
    await transactions.run(async () => {
      left = over.then(() => transactions.run(() => write('later')));
      await write('one');
    });
    proceed();
    await left;
    expect(await words()).toEqual(['later', 'one']);
  });

  it('runs effects after the commit, in order, and immediately if no transaction is open', async () => {
    const effects: Promise<string[]>[] = [];
    await transactions.run(async () => {
      transactions.afterCommit(() => effects.push(Promise.resolve(['first'])));
      transactions.afterCommit(() => effects.push(words()));
      await write('one');
      expect(effects).toEqual([]);
    });
    transactions.afterCommit(() => effects.push(Promise.resolve(['at once'])));
    expect(await Promise.all(effects)).toEqual([['first'], ['one'], ['at once']]);
  });

  it('keeps transactions that run at the same time apart', async () => {
    const failing = transactions.run(async () => {
      await write('lost');
      throw new Error('no');
    });
    await Promise.allSettled([failing, transactions.run(() => write('kept'))]);
    expect(await words()).toEqual(['kept']);
  });
});

describe('a connection that is lost', () => {
  let database: FreshDatabase;
  let wire: Wire;
  let app: INestApplicationContext;
  let db: Database;

  beforeAll(async () => {
    database = await freshDatabase();
    wire = await Wire.to(database.url);
    const imports = [DatabaseModule.forRoot({ useValue: { url: wire.url } }, migrations)];
    app = await NestFactory.createApplicationContext({ module: Host, imports }, { logger: false });
    db = app.get(Database);
  });
  afterAll(async () => {
    await app.close();
    await wire.close();
    await database.drop();
  });

  const one = () => db.acrossOrgs.query('SELECT 1 AS one');

  const sleep = () => db.forOrg(ACME).query('SELECT pg_sleep(60)');

  it.each<[string, (lost: Promise<void>) => Promise<unknown>]>([
    ['a query', sleep],
    ['a transaction', () => db.transaction(sleep)],
    ['a transaction that asks nothing now', (lost) => db.transaction(() => one().then(() => lost))],
  ])('fails %s, and nothing else', async (_, ask) => {
    let tell: () => void = () => undefined;
    const failed = expect(ask(new Promise<void>((resolve) => (tell = resolve)))).rejects.toThrow();
    await one();
    wire.cut('refused');
    await new Promise(setImmediate);
    tell();
    await failed;
    wire.mend();
    // Idle connections notice it a moment later.
    while (!(await one().catch(() => null))) await new Promise(setImmediate);
  });
});

describe('a session', () => {
  it('keeps one connection, and frees its locks if its work fails', async () => {
    const database = await freshDatabase();
    const imports = [DatabaseModule.forRoot({ useValue: { url: database.url } }, migrations)];
    const app = await NestFactory.createApplicationContext({ module: Host, imports }, { logger: false });
    const db = app.get(Database);
    const lock = (session: TenantSql) =>
      session.query<[{ taken: boolean; pid: number }]>(
        'SELECT pg_try_advisory_lock(1) AS taken, pg_backend_pid() AS pid',
      );
    let pid = 0;
    const failing = db.session(async (session) => {
      [{ pid }] = await lock(session);
      expect(await lock(session)).toEqual([{ taken: true, pid }]);
      expect(await db.session(lock)).toMatchObject([{ taken: false }]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    let [next] = await db.session(lock);
    while (!next.taken) [next] = await db.session(lock); // the server notices a moment later
    expect(next.pid).not.toBe(pid);
    await app.close();
    await database.drop();
  });
});

describe('migrate', () => {
  it('runs every migration once, however many processes start together', async () => {
    const database = await freshDatabase();
    const imports = [DatabaseModule.forRoot({ useValue: { url: database.url } }, migrations)];
    const app = await NestFactory.createApplicationContext({ module: Host, imports }, { logger: false });
    await asOwner(database.ownerUrl, 'DROP SCHEMA gitlab_sync CASCADE');
    const settings = { url: database.url, migrationsUrl: database.ownerUrl };
    await Promise.all([1, 2, 3].map(() => migrate(settings, migrations)));
    const { rows: done } = await asOwner(database.ownerUrl, 'SELECT name FROM migrations ORDER BY id');
    expect(done.map(({ name }) => name).sort()).toEqual(migrations.map(({ name }) => name).sort());
    await app.close();
    await database.drop();
  });
});
