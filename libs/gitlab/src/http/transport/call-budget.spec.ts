import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { ManualClock, orgId, SystemClock } from '@app/kernel';
import { describeWithRedis, testRedisUrl } from '../../../../../test/support/redis';
import type { CallPriority } from '../../gitlab-connector.port';
import { defaultCallsPerMinute, type CallBudget } from './call-budget';
import { InMemoryCallBudget } from './in-memory-call-budget';
import { RedisCallBudget } from './redis-call-budget';

const org = (name: string, priority: CallPriority = 'sync') => ({ org: orgId(name), priority });
type Payer = ReturnType<typeof org>;

/** Makes calls until one has to wait, up to `most`, and returns their number. */
async function burst(budget: CallBudget, host: string, payer: Payer, most = 1_000): Promise<number> {
  let calls = 0;
  while (calls < most && (await budget.take(host, payer)) === 0) calls++;
  return calls;
}

/** Ten calls a minute are so few that the speed of the machine does not change the results. */
function behavesLikeABudget(make: () => CallBudget): void {
  const host = `${randomUUID()}.example.com`;

  it('lets an org use half of the room and leaves the other half to the next', async () => {
    const budget = make();
    expect(await burst(budget, `a.${host}`, org('acme'))).toBe(1);
    expect(await budget.take(`a.${host}`, org('acme'))).toBeGreaterThan(1_000);
    expect(await budget.take(`a.${host}`, org('other'))).toBe(0);
  });

  it('keeps a person apart from the sync, of the same org too', async () => {
    const budget = make();
    expect(await burst(budget, `b.${host}`, org('acme', 'interactive'))).toBe(1);
    expect(await budget.take(`b.${host}`, org('acme'))).toBe(0);
    expect(await budget.take(`b.${host}`, org('other', 'interactive'))).toBeGreaterThan(0);
    expect(await burst(budget, `c.${host}`, org('acme'))).toBe(1);
    expect(await burst(budget, `c.${host}`, org('other'))).toBe(1);
    expect(await budget.take(`c.${host}`, org('acme', 'interactive'))).toBe(0);
  });

  it('counts what people ask against the sync', async () => {
    const budget = make();
    await budget.take(`d.${host}`, org('acme', 'interactive'));
    await budget.take(`d.${host}`, org('acme'));
    expect(await budget.take(`d.${host}`, org('other'))).toBeGreaterThan(0);
  });

  it('counts each host for itself', async () => {
    const budget = make();
    await burst(budget, `e.${host}`, org('acme'));
    expect(await budget.take(`f.${host}`, org('acme'))).toBe(0);
  });
}

describe('The budget without a setting', () => {
  it.each([
    ['gitlab.com', 1_500],
    ['gitlab.example.com', 12_000],
    ['gitlab.com.example.com', 12_000],
  ])('gives %s %i requests a minute', (host, expected) => {
    expect(defaultCallsPerMinute(host)).toBe(expected);
  });

  it('differs between hosts', async () => {
    const budget = new InMemoryCallBudget(defaultCallsPerMinute, new ManualClock());
    const [few, many] = [
      await burst(budget, 'gitlab.com', org('acme'), 5_000),
      await burst(budget, 'gitlab.example.com', org('acme'), 5_000),
    ];
    expect(Math.round(many / few)).toBe(8);
  });
});

describe('The budget of one process', () => {
  behavesLikeABudget(() => new InMemoryCallBudget(() => 10, new ManualClock()));
});

describeWithRedis('The budget of several processes', () => {
  const connections = [1, 2].map(() => new Redis(testRedisUrl()));
  afterAll(() => connections.forEach((connection) => connection.disconnect()));
  const budgets = () =>
    connections.map(
      (connection) =>
        new RedisCallBudget(() => 10, connection, new InMemoryCallBudget(() => 1, new SystemClock())),
    );

  behavesLikeABudget(() => budgets()[0]);

  it('is one budget', async () => {
    const [first, second] = budgets();
    const host = `${randomUUID()}.example.com`;
    expect(await burst(first, host, org('acme'))).toBe(1);
    expect(await second.take(host, org('acme'))).toBeGreaterThan(1_000);
    expect(await second.take(host, org('other'))).toBe(0);
  });

  it('leaves nothing in Redis for good', async () => {
    const [budget] = budgets();
    const host = `${randomUUID()}.example.com`;
    await budget.take(host, org('acme', 'interactive'));
    const keys = await connections[0].keys(`*${host}*`);
    const lives = await Promise.all(keys.map((key) => connections[0].pttl(key)));
    expect(keys).toHaveLength(3);
    expect(Math.min(...lives)).toBeGreaterThan(0);
  });
});

it('Without Redis each process counts for itself', async () => {
  const unavailable = { eval: () => Promise.reject(new Error("Stream isn't writeable")) };
  const budget = new RedisCallBudget(
    () => 10,
    unavailable,
    new InMemoryCallBudget(() => 10, new ManualClock()),
  );
  expect(await burst(budget, 'gitlab.example.com', org('acme'))).toBe(1);
});

describe('A busy host with 1,200 calls a minute', () => {
  const HOST = 'gitlab.example.com';
  const MINUTE_MS = 60_000;
  const TICK_MS = 10;

  /** Makes each greedy payer call whenever it may, for a minute; returns how many calls each got. */
  async function aMinuteOf(
    greedy: readonly Payer[],
    budget: CallBudget,
    clock: ManualClock,
  ): Promise<number[]> {
    const calls = greedy.map(() => 0);
    for (let ms = 0; ms < MINUTE_MS; ms += TICK_MS) {
      for (const [at, payer] of greedy.entries()) calls[at] += await burst(budget, HOST, payer);
      clock.advance(TICK_MS);
    }
    return calls;
  }

  const given = () => {
    const clock = new ManualClock();
    return { clock, budget: new InMemoryCallBudget(() => 1_200, clock) };
  };
  const many = (count: number, priority?: CallPriority) =>
    Array.from({ length: count }, (_, number) => org(`org-${number}`, priority));

  it('gives all of it to a single org, and never more than a fifth on top', async () => {
    const { budget, clock } = given();
    const [calls] = await aMinuteOf([org('acme')], budget, clock);
    expect(calls).toBeGreaterThan(1_190);
    expect(calls).toBeLessThanOrEqual(1_440);
  });

  it.each([1, 3, 10])('has room for a newcomer while %i orgs ask as much as they can', async (count) => {
    const { budget, clock } = given();
    await aMinuteOf(many(count), budget, clock);
    const calls = await aMinuteOf(many(count), budget, clock);
    expect(await burst(budget, HOST, org('newcomer'))).toBeGreaterThanOrEqual(Math.floor(50 / count));
    expect(Math.max(...calls) / Math.min(...calls)).toBeLessThan(1.1);
  });

  it('keeps four fifths for the syncs while the people of many orgs ask as much as they can', async () => {
    const { budget, clock } = given();
    const calls = await aMinuteOf([...many(20, 'interactive'), org('syncing')], budget, clock);
    const people = calls.slice(0, 20).reduce((sum, one) => sum + one);
    expect(people).toBeLessThanOrEqual(290);
    expect(calls[20]).toBeGreaterThan(800);
  });

  it('lets people in while many syncs ask as much as they can', async () => {
    const { budget, clock } = given();
    await aMinuteOf(many(20), budget, clock);
    expect(await burst(budget, HOST, org('acme', 'interactive'))).toBeGreaterThanOrEqual(20);
  });

  it('says when to ask again, and keeps its word within a call or two', async () => {
    const { budget, clock } = given();
    await burst(budget, HOST, org('acme'));
    let asked = 0;
    for (let wait = await budget.take(HOST, org('acme')); wait; wait = await budget.take(HOST, org('acme'))) {
      clock.advance(wait);
      asked++;
    }
    expect(asked).toBeLessThanOrEqual(2);
  });
});
