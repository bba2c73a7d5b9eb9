import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { DatabaseUnavailable, orgId } from '@app/kernel';
import {
  freshDatabase,
  openDatabase,
  type FreshDatabase,
  type OpenDatabase,
} from '../../../../test/support/database';
import { Wire } from '../../../../test/support/wire';
import { Database } from '../database';
import { DatabaseModule } from '../database.module';
import { OutageMonitor } from './outage-monitor';
import { migrations } from '../../../../test/support/database';

const ACME = orgId('acme');
const [UNAVAILABLE, RECOVERED] = [
  'database unavailable; requests are answered 503 until it recovers',
  'database recovered',
];
const refusing = (code: string) => `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${code}'; END $$`;

let said: string[];
beforeEach(() => {
  said = [];
  const hear = (text: string) => void said.push(text);
  Logger.overrideLogger({ warn: (_: object, text: string) => hear(text), log: hear, error: hear });
});
afterEach(() => Logger.overrideLogger(false));

describe('PostgreSQL that becomes unavailable', () => {
  let open: OpenDatabase;
  let operator: Client;
  beforeEach(async () => {
    open = await openDatabase([]);
    operator = new Client(open.ownerUrl);
    await operator.connect();
  });
  afterEach(async () => {
    await operator.end();
    await open.close();
  });

  const ask = (sql: string) => open.db.forOrg(ACME).query<unknown>(sql);
  /** Runs a query and ends its connection meanwhile. */
  const cut = async (query: Promise<unknown>): Promise<unknown> => {
    const outcome = query.then(
      () => 'done',
      (error: unknown) => error,
    );
    for (let ended = 0, looks = 0; ended === 0 && looks < 1_000; looks++) {
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
    ['cannot read its disk', '58030'],
  ])('differs from a query that fails, if PostgreSQL %s', async (_, code) => {
    await expect(ask(refusing(code))).rejects.toThrow(DatabaseUnavailable);
  });

  it.each([
    ['a division', '22012'],
    ['a unique index', '23505'],
    ['a deadlock', '40P01'],
    ['the limit on a statement', '57014'],
    ['the protocol', '08P01'],
  ])('does not include that %s refuses', async (_, code) => {
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

  const process = async () => {
    const [{ pid }] = (await ask('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
    return pid;
  };
  it.each([
    ['a query', () => ask(refusing('25006'))],
    ['a transaction', () => open.transactions.run(() => ask(refusing('25006')))],
    [
      'TypeORM',
      () =>
        open.db
          .forOrg(ACME)
          .orm((manager) =>
            manager.createQueryBuilder().select('1').from('(SELECT standby())', 'it').getRawOne(),
          ),
    ],
  ])('is sent nothing more on the connection on which %s found it unavailable', async (_, fail) => {
    await operator.query(`CREATE FUNCTION standby() RETURNS int LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION USING ERRCODE = '25006'; END $$`);
    const before = await process();
    await expect(fail()).rejects.toThrow(DatabaseUnavailable);
    expect(await process()).not.toBe(before);
  });

  it('does not include the failure to reach another service inside a transaction', async () => {
    const elsewhere = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      syscall: 'connect',
    });
    await expect(open.transactions.run(() => Promise.reject(elsewhere))).rejects.toBe(elsewhere);
    expect(said).toEqual([]);
  });
});

describe('An outage', () => {
  const QUIET_MS = 100;
  let pool: { ending: boolean; answering: boolean; probes: number; query(): Promise<never> };
  let outage: OutageMonitor;
  beforeEach(() => {
    pool = {
      ending: false,
      answering: true,
      probes: 0,
      async query() {
        this.probes++;
        if (!this.answering) throw new Error('no');
        return [] as never;
      },
    };
    outage = new OutageMonitor(pool, QUIET_MS);
  });
  afterEach(() => void (pool.ending = true));

  const lost = () => outage.translate(new Error('Connection terminated unexpectedly'));
  const until = async (condition: () => boolean) => {
    for (let looks = 0; !condition() && looks < 200; looks++) await pause(10);
  };

  it('is logged once, and so is its end', async () => {
    for (let failures = 0; failures < 3; failures++) lost();
    await until(() => said.length > 1);
    expect(said).toEqual([UNAVAILABLE, RECOVERED]);
  });

  it('lasts for as long as anything fails, whatever a probe says', async () => {
    for (let failures = 0; failures < 30; failures++) {
      lost();
      await pause(QUIET_MS / 10);
    }
    expect(said).toEqual([UNAVAILABLE]);
    await until(() => said.length > 1);
    expect(said).toEqual([UNAVAILABLE, RECOVERED]);
  });

  it('lasts until a probe is answered, however quiet it is', async () => {
    pool.answering = false;
    lost();
    await until(() => pool.probes > 1);
    expect(said).toEqual([UNAVAILABLE]);
    pool.answering = true;
    await until(() => said.length > 1);
    expect(said).toEqual([UNAVAILABLE, RECOVERED]);
  });

  it('is not reported as over by a process that stops', async () => {
    lost();
    pool.ending = true;
    await pause(QUIET_MS * 2);
    expect([said, pool.probes]).toEqual([[UNAVAILABLE], 0]);
  });

  it.each([
    ['Client network socket disconnected before secure TLS connection was established', 'ECONNRESET'],
    ['This socket has been ended by the other party', 'EPIPE'],
    ['getaddrinfo EAI_AGAIN postgres', 'EAI_AGAIN'],
    ['', 'ECONNREFUSED'], // the error of a host with several addresses
    ['timeout expired', undefined],
    ['timeout exceeded when trying to connect', undefined],
  ])('is read from %j (%s)', (message, code) => {
    expect(outage.translate(Object.assign(new Error(message), { code }))).toBeInstanceOf(DatabaseUnavailable);
  });

  it('is not read from a certificate for another host', () => {
    const error = Object.assign(new Error('altnames'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(outage.translate(error)).toBe(error);
  });
});

describe('A connection on which PostgreSQL is silent', () => {
  const TIMEOUT_MS = 400;
  let database: FreshDatabase;
  let wire: Wire;
  let module: TestingModule;
  let db: Database;
  beforeEach(async () => {
    database = await freshDatabase();
    wire = await Wire.to(database.url);
    const settings = { url: wire.url, poolSize: 1, patienceMs: TIMEOUT_MS };
    module = await Test.createTestingModule({
      imports: [DatabaseModule.forRoot({ useValue: settings }, migrations)],
    }).compile();
    db = module.get(Database);
  });
  afterEach(async () => {
    wire.mend();
    await module.close();
    await wire.close();
    await database.drop();
  });

  const process = async () => (await db.forOrg(ACME).query<unknown[]>('SELECT pg_backend_pid()'))[0];
  const byTypeOrm = () =>
    db
      .forOrg(ACME)
      .orm((manager) => manager.createQueryBuilder().select('1').from('(SELECT 1)', 'it').getRawOne());

  it.each([
    ['a query', () => db.forOrg(ACME).query('SELECT 1')],
    ['a transaction', () => db.transaction(() => db.forOrg(ACME).query('SELECT 1'))],
    ['TypeORM', byTypeOrm],
  ])('is closed together with the work on it: %s', async (_, ask) => {
    wire.cut('silent');
    await expect(ask()).rejects.toThrow(DatabaseUnavailable);
    wire.lead();
    await expect(process()).resolves.toBeDefined();
  });

  it('is found by a query, and also by TypeORM without a connection', async () => {
    wire.cut('refused');
    await expect(byTypeOrm()).rejects.toThrow(DatabaseUnavailable);
    await expect(byTypeOrm()).rejects.toThrow(DatabaseUnavailable);
  });

  it('is kept while it works through more than one statement may take', async () => {
    const sleeps = [1, 2, 3, 4].map((n) => db.forOrg(ACME).query(`SELECT pg_sleep(0.2), ${n} AS n`));
    await expect(Promise.all(sleeps)).resolves.toHaveLength(4);
    expect(said).toEqual([]);
  });

  it('is kept while nothing is asked of it, and given up when something is', async () => {
    const before = await process();
    await pause(TIMEOUT_MS * 2);
    expect(await process()).toEqual(before);
    wire.cut('silent');
    await expect(process()).rejects.toThrow(DatabaseUnavailable);
  });
});
