import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job, JobId, Queue } from 'bull';
import { orgId, type OrgId } from '@app/kernel';
import { WakeQueue, type NextWake, type WakeHandler } from '../application/ports/wake-queue.port';

export const WAKE_QUEUE = 'sync-wake-ups';

/**
 * Parts that Bull's types leave out. When a connection is closed, ioredis keeps the timer running by which it notices
 * silence.
 */
interface QueueInside {
  readonly clients: readonly QueueClient[];
}

interface QueueClient {
  readonly status: string;
  readonly socketTimeoutTimer?: NodeJS.Timeout;
  connect(): Promise<void>;
  disconnect(): void;
}

/** Time for Redis to take the results of the last passes. */
const CLOSE_MS = 2_000;

/**
 * Keeps a lost connection from crashing the process. Bull reconnects its waiting connection and handles a failure only
 * after the passes: too late for Node.
 */
function failQuietly(client: QueueClient): void {
  const connect = client.connect.bind(client);
  client.connect = () => connect().catch(() => undefined);
}

export interface WakeJob {
  readonly org: string;
}

/**
 * Wakes orgs between processes: one Bull job per waiting org, so that a thousand signals are one pass. A wake-up
 * changes nothing while the job is active, because its id is taken. The pass checks for more work after releasing the
 * lease, and the sweeper after that.
 */
export class BullWakeQueue extends WakeQueue implements OnModuleDestroy {
  private readonly logger = new Logger('wake-queue');
  private readonly passes = new Set<Promise<NextWake>>();
  private closing?: Promise<void>;
  private unavailable = false;

  constructor(private readonly queue: Queue<WakeJob>) {
    super();
    queue.on('error', (error) => this.noteFailure(error));
    queue.client.on('ready', () => this.noteBack());
  }

  wake(org: OrgId, delayMs = 0): void {
    const lost = () => this.logger.warn({ org }, 'wake-up lost; the sweeper repeats it');
    if (this.queue.client.status !== 'ready') return lost(); // or wake-ups would pile up in memory until Redis is back
    const jobId = delayMs > 0 ? `${org}~later` : org;
    const options = { jobId, delay: delayMs, removeOnComplete: true, removeOnFail: true, attempts: 1 };
    this.queue.add({ org }, options).catch(lost);
  }

  consume(concurrency: number, handler: WakeHandler): void {
    // The job's id is free again only once it has completed.
    this.queue.on('completed', ({ data }: Job<WakeJob>, again: NextWake) => {
      if (again !== null) this.wake(orgId(data.org), again);
    });
    this.queue
      .process(concurrency, (job) => this.answer(job, handler))
      .catch((error: unknown) =>
        this.logger.error({ err: error }, 'queue consumer stopped; this process no longer processes jobs'),
      );
  }

  close(): Promise<void> {
    this.closing ??= this.closeInTime();
    return this.closing;
  }

  /** Closes the queue also in a process that only wakes orgs. */
  onModuleDestroy(): Promise<void> {
    return this.close();
  }

  /**
   * Closes the queue within a time limit: Bull would wait for Redis without end, and Nest for Bull. The sweeper makes
   * up for lost messages.
   */
  private async closeInTime(): Promise<void> {
    Object.assign(this.queue, { onApplicationShutdown: () => undefined });
    const { clients } = this.queue as unknown as QueueInside;
    clients.forEach(failQuietly);
    const closed = this.queue.close();
    await Promise.allSettled(this.passes);
    await Promise.race([closed, pause(CLOSE_MS, undefined, { ref: false })]);
    for (const client of clients) {
      if (client.status !== 'end') client.disconnect(); // ioredis would wait two seconds for a socket that is closed
      clearTimeout(client.socketTimeoutTimer);
    }
  }

  private async answer({ id, data }: Job<WakeJob>, handler: WakeHandler): Promise<NextWake> {
    if (!data.org) return this.forget(id);
    if (this.closing) return 0; // wakes another process
    return this.follow(handler(orgId(data.org)));
  }

  /**
   * Removes the remains of a job. Bull takes a job in two steps: if Redis is emptied in between, the second step creates a
   * hash with the job's id that is in no list. It would block every later wake-up of that org.
   */
  private async forget(id: JobId): Promise<null> {
    const { client } = this.queue;
    const key = (name: JobId) => this.queue.toKey(String(name));
    await client.multi().lrem(key('active'), 0, String(id)).del(key(id)).exec();
    return null;
  }

  /** Logs a failed connection once, not at each attempt. */
  private noteFailure(error: NodeJS.ErrnoException): void {
    if (this.queue.client.status === 'ready')
      return this.logger.warn(`${error.message}; the sweeper repeats lost wake-ups`);
    if (this.unavailable) return;
    this.unavailable = true;
    this.logger.warn({ code: error.code }, 'Redis unavailable; work waits in the database');
  }

  private noteBack(): void {
    if (this.unavailable) this.logger.log('Redis recovered');
    this.unavailable = false;
  }

  private async follow(pass: Promise<NextWake>): Promise<NextWake> {
    this.passes.add(pass);
    try {
      return await pass;
    } finally {
      this.passes.delete(pass);
    }
  }
}
