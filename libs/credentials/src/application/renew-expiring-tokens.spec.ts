import { FakeAct } from '@app/audit/testing';
import { GitLabUnavailable } from '@app/gitlab';
import { DatabaseUnavailable, Secret, Transactions, type DomainEvent } from '@app/kernel';
import { InMemoryConnections, tokenLifecycleOver } from '@app/credentials/testing';
import { ACME, givenAccounts, type Accounts } from '../../../../test/support/accounts';

const DAY = 24 * 60 * 60 * 1000;
const CARE = ['connection.expiring.v1', 'rotation.ended.v1'];

/** Transactions that can be made to fail: before their work, just before commit, or just after it. */
class ShakyTransactions extends Transactions {
  failing: 'at begin' | 'at commit' | 'after commit' | null = null;
  /** Fails only while this returns true. */
  when: () => boolean = () => true;

  constructor(private readonly sound: Transactions) {
    super();
  }

  async run<T>(work: () => Promise<T>, last?: (worked: T) => Promise<T>): Promise<T> {
    const result = await this.sound.run(async () => {
      this.fail('at begin');
      const worked = await work();
      const done = last ? await last(worked) : worked;
      this.fail('at commit');
      return done;
    });
    this.fail('after commit');
    return result;
  }

  private fail(moment: ShakyTransactions['failing']): void {
    if (this.fails(moment)) throw new Error('the database is unavailable');
  }

  private fails(moment: ShakyTransactions['failing']): boolean {
    return this.failing === moment && this.when();
  }

  afterCommit(effect: () => void): void {
    this.sound.afterCommit(() => this.fails('after commit') || effect());
  }
}

describe('The care for tokens', () => {
  let accounts: Accounts;
  let events: DomainEvent[];
  let shaky: ShakyTransactions;
  beforeEach(() => {
    accounts = givenAccounts();
    events = [];
    for (const name of CARE) accounts.bus.on(name, (event) => void events.push(event));
    shaky = new ShakyTransactions(accounts.transactions);
  });

  /** A process that renews tokens. */
  const process = (transactions: Transactions = accounts.transactions) =>
    tokenLifecycleOver({
      ...accounts,
      events: accounts.bus,
      transactions,
      connections: new InMemoryConnections(accounts.tables),
    });
  const care = () => process().execute();
  const published = async () => {
    await accounts.bus.settled();
    return events.splice(0);
  };
  const rotations = () =>
    accounts.gitlab.calls.all.filter(({ operation }) => operation === 'rotateToken').length;
  const connection = async () => (await accounts.credentials.connection(ACME))!;
  const answers = async () => (await accounts.credentials.gitlab(ACME)).whoAmI();

  async function givenConnected(days: number, selfRotation: boolean) {
    const token = accounts.gitlab.givenToken('ada', {
      expiresAt: new Date(accounts.clock.now().getTime() + days * DAY),
    });
    const request = { org: ACME, token: new Secret(token.value), selfRotation };
    await accounts.credentials.connect(request, new FakeAct());
    return token;
  }
  /** Connects a token that expires in ten days and renews itself. */
  async function givenDue() {
    const token = await givenConnected(90, true);
    accounts.clock.advance(80 * DAY);
    return token;
  }

  describe('that is about to expire', () => {
    it('publishes it 14, 7 and 1 days before, once each, also with several processes and restarts', async () => {
      const { id } = await accounts.connect(
        accounts.gitlab.givenToken('ada', { expiresAt: new Date('2026-02-01T00:00:00Z') }).value,
      );
      for (let day = 0; day < 35; day++) {
        await Promise.all([care(), care()]);
        accounts.clock.advance(DAY);
      }
      const expiring = { name: 'connection.expiring.v1', org: ACME, connectionId: id };
      const expiresAt = '2026-02-01T00:00:00.000Z';
      expect(await published()).toEqual([14, 7, 1].map((days) => ({ ...expiring, expiresAt, days })));
    });

    it('publishes only the latest if no process checked for long', async () => {
      await givenConnected(20, false);
      accounts.clock.advance(15 * DAY);
      await care();
      expect(await published()).toMatchObject([{ days: 7 }]);
    });

    it('publishes nothing until it is recorded, and then publishes it', async () => {
      await givenConnected(10, false);
      shaky.failing = 'at commit';
      await process(shaky).execute();
      expect(await published()).toEqual([]);
      await care();
      expect(await published()).toMatchObject([{ days: 14 }]);
    });

    it('is not rotated if self-rotation is off', async () => {
      const token = await givenConnected(20, false);
      accounts.clock.advance(15 * DAY);
      await care();
      expect([rotations(), token.revoked]).toEqual([0, false]);
    });
  });

  describe('that renews itself', () => {
    it('stores the new token, which does all the former one did, and says so', async () => {
      const former = await givenDue();
      const before = await connection();
      await accounts.events();
      await care();
      const after = await connection();
      const expiresAt = new Date('2026-06-20T00:00:00Z');
      expect(after).toEqual({ ...before, expiresAt, rotatedAt: accounts.clock.now() });
      expect(former.revoked).toBe(true);
      expect(await answers()).toMatchObject({ username: 'ada', expiresAt });
      expect(await published()).toMatchObject([{ name: 'rotation.ended.v1', org: ACME, result: 'ok' }]);
      expect(await accounts.events()).toMatchObject([{ name: 'connection.checked.v1', ok: true }]);
      await care();
      expect(rotations()).toBe(1);
    });

    it('is rotated once, however many processes are at it', async () => {
      await givenDue();
      await Promise.all([care(), care(), care()]);
      expect(rotations()).toBe(1);
      expect(await answers()).toMatchObject({ username: 'ada' });
    });

    it('is not touched while the database takes no writes', async () => {
      const token = await givenDue();
      shaky.failing = 'at commit';
      await process(shaky).execute();
      shaky.failing = 'at begin';
      await process(shaky).execute();
      expect([rotations(), token.revoked]).toEqual([0, false]);
    });

    it('is stored in the end if the database becomes unavailable just after GitLab answered', async () => {
      const token = await givenDue();
      shaky.failing = 'at commit';
      shaky.when = () => token.revoked;
      const caring = process(shaky).execute();
      await settle(() => token.revoked);
      await pass(accounts, 3);
      expect((await connection()).rotation?.state).toBe('begun');
      shaky.failing = null;
      await pass(accounts, 3);
      await caring;
      expect(await connection()).toMatchObject({ rotation: null, rotatedAt: expect.any(Date) });
      expect(await answers()).toMatchObject({ username: 'ada' });
      expect(await published()).toMatchObject([{ result: 'ok' }]);
    });

    it('is not missed if the commit was made and its answer lost', async () => {
      const token = await givenDue();
      shaky.failing = 'after commit';
      shaky.when = () => token.revoked;
      const caring = process(shaky).execute();
      await settle(() => token.revoked);
      shaky.failing = null;
      await pass(accounts, 2);
      await caring;
      expect(await answers()).toMatchObject({ username: 'ada' });
      expect(await published()).toMatchObject([{ result: 'ok' }]);
    });

    it('is lost with a process that dies between answer and commit: the next one says so', async () => {
      const token = await givenDue();
      shaky.failing = 'at commit';
      shaky.when = () => token.revoked;
      const dead = process(shaky).execute();
      await settle(() => token.revoked);
      await care();
      expect(await connection()).toMatchObject({ rotation: { state: 'lost' } });
      expect(await published()).toMatchObject([{ result: 'token_lost' }]);
      await expect(answers()).rejects.toMatchObject({ code: 'token_rejected' });
      await care();
      expect(rotations()).toBe(2);
      // The token was not dead after all: its connection stays valid.
      shaky.failing = null;
      await pass(accounts, 2);
      await dead;
      expect(await answers()).toMatchObject({ username: 'ada' });
      expect((await connection()).rotation).toBeNull();
    });

    it.each([
      ['was never sent', { kind: 'reset' }, 'ok'],
      ['was lost', { kind: 'answer-lost' }, 'token_lost'],
    ] as const)('an answer that %s shows by the token at the next look', async (_, fault, result) => {
      await givenDue();
      accounts.gitlab.calls.faults.add({ fault, on: 'rotateToken' });
      await care();
      expect(await published()).toEqual([]);
      expect((await connection()).rotation?.state).toBe('begun');
      await care();
      expect(await published()).toMatchObject([{ result }]);
    });

    it('is kept while GitLab is unavailable, and retried', async () => {
      await givenDue();
      accounts.gitlab.calls.faults.add({ fault: { kind: 'maintenance' }, on: 'rotateToken' });
      await care();
      expect((await connection()).rotation).toBeNull();
      await care();
      expect(await published()).toMatchObject([{ result: 'ok' }]);
    });

    it('keeps the doubt about the rotation of another process while GitLab is unavailable', async () => {
      await givenDue();
      accounts.gitlab.calls.faults.add({ fault: { kind: 'answer-lost' }, on: 'rotateToken' });
      await care();
      accounts.gitlab.calls.faults.add({ fault: { kind: 'maintenance' }, on: 'rotateToken' });
      await care();
      expect((await connection()).rotation?.state).toBe('begun');
      await care();
      expect(await published()).toMatchObject([{ result: 'token_lost' }]);
    });

    it('says why GitLab refuses it, warns like of any other, and asks again a day later', async () => {
      const token = await givenDue();
      token.scopes = ['read_api'];
      await care();
      expect(await connection()).toMatchObject({
        rotation: { state: 'refused', problem: expect.stringContaining('api') },
      });
      expect(await published()).toMatchObject([
        { result: 'token_scope_missing' },
        { name: 'connection.expiring.v1', days: 14 },
      ]);
      token.scopes = ['api'];
      await care();
      expect(token.revoked).toBe(false);
      accounts.clock.advance(DAY);
      await care();
      expect(await published()).toMatchObject([{ result: 'ok' }]);
    });

    it('gives running syncs a reason to retry, not to stop', async () => {
      await givenDue();
      const atWork = await accounts.credentials.gitlab(ACME);
      const { calls } = accounts.gitlab;
      let meanwhile: unknown;
      calls.after = async ({ operation }) => {
        if (operation !== 'rotateToken') return;
        meanwhile = await atWork.whoAmI().catch((error: unknown) => error);
      };
      await care();
      expect(meanwhile).toBeInstanceOf(GitLabUnavailable);
      await expect(atWork.whoAmI()).rejects.toBeInstanceOf(GitLabUnavailable);
      const files = atWork.readFiles({ projectId: 1, pathWithNamespace: 'a', branch: 'b' }, 'c', ['d'], {
        maxBytes: 1,
      });
      await expect(files[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(GitLabUnavailable);
      await expect(atWork.project(99_999)).rejects.toBeInstanceOf(GitLabUnavailable);
      await expect((await accounts.credentials.gitlab(ACME)).project(99_999)).rejects.toMatchObject({
        code: 'project_not_found',
      });
    });

    it('stops for a token that somebody revoked', async () => {
      const token = await givenDue();
      token.revoked = true;
      await expect(answers()).rejects.toMatchObject({ code: 'token_rejected' });
      await care();
      expect(await connection()).toMatchObject({ rotation: { state: 'refused' } });
    });

    it('does not bring a connection back that ended meanwhile', async () => {
      const token = await givenDue();
      shaky.failing = 'at commit';
      shaky.when = () => token.revoked;
      const caring = process(shaky).execute();
      await settle(() => token.revoked);
      await accounts.credentials.disconnect(ACME, new FakeAct());
      shaky.failing = null;
      await pass(accounts, 2);
      await caring;
      expect(await accounts.credentials.connection(ACME)).toBeNull();
      expect(await published()).toEqual([]);
    });
  });

  /** Connects two orgs whose tokens are about to expire. */
  async function givenTwoExpiring() {
    const far = new Date(accounts.clock.now().getTime() + 5 * DAY);
    for (const org of ['alpha', 'beta'] as const)
      await accounts.connect(
        accounts.gitlab.givenToken('ada', { expiresAt: far }).value,
        undefined,
        org as typeof ACME,
      );
  }

  it('keeps nothing from the others when it fails for one', async () => {
    await givenTwoExpiring();
    shaky.failing = 'at commit';
    let failures = 1;
    shaky.when = () => failures-- > 0;
    await process(shaky).execute();
    expect(await published()).toMatchObject([{ org: 'beta', days: 7 }]);
  });

  it('ends if the database becomes unavailable, and continues with the others next time', async () => {
    await givenTwoExpiring();
    let tried = 0;
    shaky.failing = 'at begin';
    shaky.when = () => {
      accounts.tables.givenUnavailable(++tried > 0);
      return false;
    };
    await expect(process(shaky).execute()).rejects.toThrow(DatabaseUnavailable);
    expect(tried).toBe(1);
    accounts.tables.givenUnavailable(false);
    await care();
    expect(await published()).toMatchObject([{ org: 'alpha' }, { org: 'beta' }]);
  });

  it('is asked for when connecting or later, and stays over a reconnect to the same instance', async () => {
    const { credentials, gitlab, selfHosted } = accounts;
    await givenConnected(90, true);
    expect(await accounts.connect(gitlab.givenToken('ada').value)).toMatchObject({ selfRotation: true });
    expect(await credentials.change({ org: ACME, selfRotation: false }, new FakeAct())).toMatchObject({
      selfRotation: false,
    });
    expect(await credentials.change({ org: ACME, selfRotation: true }, new FakeAct())).toMatchObject({
      selfRotation: true,
    });
    const elsewhere = await accounts.connect(selfHosted.givenToken('ada').value, selfHosted.url);
    expect(elsewhere).toMatchObject({ selfRotation: false });
    await credentials.disconnect(ACME, new FakeAct());
    await expect(credentials.change({ org: ACME, selfRotation: true }, new FakeAct())).rejects.toMatchObject({
      code: 'not_connected',
    });
  });
});

/** Lets pending work continue until the condition holds. */
async function settle(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets some seconds pass, and the work that waits for them continue. */
async function pass({ clock }: Accounts, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    clock.advance(1000);
  }
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
