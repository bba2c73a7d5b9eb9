import { Redis } from 'ioredis';
import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { PROOFS } from '../support/proofs';
import { describeWithRedis, testRedisUrl } from '../support/redis';
import { TestService } from '../support/service';
import { Tenant, untilAllRest } from './tenant';
import { Workers } from './workers';

const ORGS = 6;
const { times: KILLS, edits: LEAST_EDITS } = PROOFS.killedWorkers;
const AT_A_TIME = 3;
const LATENCY = { shortest: 5, longest: 20 };
const SYNC = { leaseMs: 1500, sweepMs: 500, pollSeconds: 2 };
/** A text that is being inspected at two of the kills waits for its next inspection. */
const INSPECTION = { retryMs: 500, longestRetryMs: 4_000 };

describeWithRedis('workers that are killed', () => {
  let service: TestService;
  let workers: Workers;
  let redis: Redis;

  beforeAll(async () => {
    service = await TestService.start('distributed', { roles: ['web'], sync: SYNC, inspection: INSPECTION });
    redis = new Redis(testRedisUrl());
    const { calls } = service.gitlab;
    calls.before = () => pause(LATENCY.shortest + Math.random() * (LATENCY.longest - LATENCY.shortest));
    const effects = new EventEmitter().setMaxListeners(0);
    calls.after = ({ operation }) => void effects.emit(operation);
    /** GitLab has made a commit, and Dot does not know it yet. */
    const commitMade = () => Promise.race([once(effects, 'commit'), pause(500)]);
    workers = new Workers(() => service.startWorker(), commitMade);
  });

  afterAll(async () => {
    await workers.killAll();
    redis.disconnect();
    await service.stop();
  });

  /** Whatever goes wrong, goes wrong again and again while `meanwhile` lasts. */
  async function disturb(over: AbortSignal, tenants: readonly Tenant[]): Promise<void> {
    const { faults } = service.gitlab.calls;
    const every = async (ms: number, work: () => unknown) => {
      for (; !over.aborted; await pause(ms * (0.5 + Math.random()))) await work();
    };
    await Promise.all([
      ...tenants.map((tenant) => every(500, () => tenant.edit())),
      every(600, () => faults.add({ fault: { kind: 'answer-lost' }, on: 'commit' })),
      every(2000, () =>
        faults.add({ fault: { kind: 'server-error', status: 502, body: 'html', late: true }, on: 'commit' }),
      ),
      every(4000, () => redis.flushdb()),
    ]);
    faults.clear();
  }

  it(`lose nothing and double nothing, killed ${KILLS} times with Redis flushed meanwhile`, async () => {
    const clients = await Promise.all(
      Array.from({ length: ORGS }, (_, number) => service.as({ org: `${service.org}-${number}` })),
    );
    await workers.begin(AT_A_TIME);
    const tenants = await Promise.all(clients.map((client) => Tenant.arrive(client, service.gitlab)));
    await untilAllRest(tenants); // the first sync ships Dot's files as they are, not change by change

    const over = new AbortController();
    const disturbed = disturb(over.signal, tenants);
    await workers.suffer(KILLS);
    over.abort();
    await disturbed;

    await untilAllRest(tenants);
    const broken = await Promise.all(tenants.map((tenant) => tenant.broken(service.ownerUrl)));
    expect(broken.flat()).toEqual([]);
    expect(workers.kills).toBe(KILLS);
    expect(tenants.map(({ refusals }) => refusals)).toEqual(tenants.map(() => 0));
    expect(Math.min(...tenants.map(({ size }) => size))).toBeGreaterThan(LEAST_EDITS);
  }, 900_000);
});
