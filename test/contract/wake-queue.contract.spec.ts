import Bull from 'bull';
import { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { orgId } from '@app/kernel';
import { BullWakeQueue, InProcessWakeQueue } from '@app/sync-engine/testing';
import { describeWithRedis, testRedisUrl } from '../support/redis';
import { Answering, describeWakeQueueContract } from './wake-queue.contract';

const ORG = orgId('acme');

/** The part that Bull's types leave out: the connection on which it waits for jobs. */
interface Waiting {
  readonly bclient: { brpoplpush(...args: unknown[]): Promise<string | null> };
}

describeWakeQueueContract('in process', async () => new InProcessWakeQueue());

describeWithRedis('on Redis', () => {
  let redis: Redis;
  beforeAll(() => {
    redis = new Redis(testRedisUrl());
  });
  afterAll(() => redis.disconnect());

  async function openQueue() {
    const queue = new Bull('wake-ups', testRedisUrl(), { prefix: randomUUID() });
    await once(queue.client, 'ready');
    return queue;
  }

  describeWakeQueueContract('Bull', async () => new BullWakeQueue(await openQueue()));

  it('leaves no timer for which its process would wait', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const wakeQueue = new BullWakeQueue(await openQueue());
    const answering = new Answering(wakeQueue, 1);
    wakeQueue.wake(ORG);
    await answering.until(ORG);
    await wakeQueue.close();
    expect(timers()).toBeLessThanOrEqual(before);
  });

  describe('when Redis loses everything', () => {
    let queue: Awaited<ReturnType<typeof openQueue>>;
    let wakeQueue: BullWakeQueue;
    beforeEach(async () => {
      queue = await openQueue();
      wakeQueue = new BullWakeQueue(queue);
    });
    afterEach(() => wakeQueue.close());

    it('delivers the next wake-up, if the last one waited', async () => {
      wakeQueue.wake(ORG);
      await redis.flushdb();
      const answering = new Answering(wakeQueue, 2);
      wakeQueue.wake(ORG);
      await answering.until(ORG);
    });

    it('delivers the next wake-up, if the last one was being handled', async () => {
      const answering = new Answering(wakeQueue, 2, [ORG]);
      wakeQueue.wake(ORG);
      await answering.until(ORG);
      await redis.flushdb();
      answering.release(ORG);
      wakeQueue.wake(ORG);
      await answering.until(ORG, 2);
    });

    it('delivers the next wake-up, if the last one was just taken', async () => {
      const { bclient } = queue as unknown as Waiting;
      const take = bclient.brpoplpush.bind(bclient);
      let lost = 0;
      bclient.brpoplpush = async (...args) => {
        const id = await take(...args);
        if (id && !lost++) await redis.flushdb();
        return id;
      };
      const forgotten = new Promise((resolve) => queue.once('error', resolve));
      const answering = new Answering(wakeQueue, 2);
      wakeQueue.wake(ORG);
      await forgotten;
      wakeQueue.wake(ORG);
      await answering.until(ORG);
      expect(lost).toBeGreaterThan(0);
    });
  });
});
