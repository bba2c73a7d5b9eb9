import { InjectQueue } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import type { Job, Queue } from 'bull';
import { orgId, type OrgId } from '@app/kernel';
import { Ring, type RingAgain } from '../application/ring.port';

export const RING_QUEUE = 'sync-ring';

interface RingJob {
  readonly org: string;
}

/**
 * Rings between processes: one Bull job per org that waits, so that a thousand signals are one turn. While the job is active
 * its id is taken and a ring changes nothing; the turn looks for more work after letting go, and the sweeper after that.
 */
@Injectable()
export class BullRing extends Ring {
  private readonly logger = new Logger('ring');

  constructor(@InjectQueue(RING_QUEUE) private readonly queue: Queue<RingJob>) {
    super();
    queue.on('error', (error) =>
      this.logger.warn(
        { code: (error as NodeJS.ErrnoException).code },
        'Redis is away; work waits in the database',
      ),
    );
  }

  ring(org: OrgId, delayMs = 0): void {
    const lost = () => this.logger.warn({ org }, 'ring lost; the sweeper makes it good');
    if (this.queue.client.status !== 'ready') return lost(); // or rings would pile up in memory until Redis is back
    const jobId = delayMs > 0 ? `${org}~later` : org;
    const options = { jobId, delay: delayMs, removeOnComplete: true, removeOnFail: true, attempts: 1 };
    this.queue.add({ org }, options).catch(lost);
  }

  serve(concurrency: number, handler: (org: OrgId) => Promise<RingAgain>): void {
    // The job's id is free again only once it has completed.
    this.queue.on('completed', ({ data }: Job<RingJob>, again: RingAgain) => {
      if (again !== null) this.ring(orgId(data.org), again);
    });
    this.queue
      .process(concurrency, ({ data }) => handler(orgId(data.org)))
      .catch((error: unknown) => this.logger.error({ err: error }, 'this process answers no rings any more'));
  }

  async close(): Promise<void> {
    await this.queue.pause(true);
  }
}
