import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { DatabaseUnavailable, orgId } from '@app/kernel';
import { openDatabase, type OpenDatabase } from '../../../test/support/database';

const ACME = orgId('acme');
const refusing = (code: string) => `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${code}'; END $$`;

describe('PostgreSQL that goes away', () => {
  let open: OpenDatabase;
  let operator: Client;
  let said: string[];
  beforeEach(async () => {
    said = [];
    const hear = (text: string) => void said.push(text);
    Logger.overrideLogger({ warn: (_: object, text: string) => hear(text), log: hear, error: hear });
    open = await openDatabase([]);
    operator = new Client(open.url);
    await operator.connect();
  });
  afterEach(async () => {
    await operator.end();
    await open.close();
    Logger.overrideLogger(false);
  });

  const ask = (sql: string) => open.db.of(ACME).query<unknown>(sql);
  /** Once it is under way, its connection is ended. */
  const cut = async (query: Promise<unknown>): Promise<unknown> => {
    const outcome = query.then(
      () => 'done',
      (error: unknown) => error,
    );
    for (let ended = 0; ended === 0;) {
      const { rowCount } = await operator.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(60)'`,
      );
      ended = rowCount ?? 0;
    }
    return outcome;
  };

  it.each([
    ['is shut down', '57P01'],
    ['starts up', '57P03'],
    ['has no connection to spare', '53300'],
    ['has no room on its disk', '53100'],
    ['has become a standby', '25006'],
  ])('is told from a query that fails, where it %s', async (_, code) => {
    await expect(ask(refusing(code))).rejects.toThrow(DatabaseUnavailable);
  });

  it.each([
    ['a division', '22012'],
    ['a unique index', '23505'],
    ['a deadlock', '40P01'],
    ['the limit on a statement', '57014'],
  ])('is not meant where %s refuses', async (_, code) => {
    await expect(ask(refusing(code))).rejects.toMatchObject({ code });
    expect(said).toEqual([]);
  });

  it('fails the query under way, and none after it', async () => {
    expect(await cut(ask('SELECT pg_sleep(60)'))).toBeInstanceOf(DatabaseUnavailable);
    await expect(ask('SELECT 1 AS n')).resolves.toEqual([{ n: 1 }]);
  });

  it('fails the transaction under way, and none after it', async () => {
    expect(await cut(open.transactions.run(() => ask('SELECT pg_sleep(60)')))).toBeInstanceOf(
      DatabaseUnavailable,
    );
    await expect(open.transactions.run(() => ask('SELECT 1 AS n'))).resolves.toEqual([{ n: 1 }]);
  });

  it('is told to the operator once, as is its return', async () => {
    await Promise.allSettled(['57P01', '57P01', '57P01'].map((code) => ask(refusing(code))));
    while (said.length < 2) await ask('SELECT 1');
    expect(said).toEqual([
      'the database is away: requests are answered 503 until it is back',
      'the database answers',
    ]);
  });
});
