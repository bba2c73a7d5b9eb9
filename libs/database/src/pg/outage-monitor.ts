import { setTimeout as pause } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import { Logger } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { DatabaseUnavailable } from '@app/kernel';

/** SQLSTATEs of connections, resources, shutdowns, crashes, disk failures, and of a standby that takes no writes. */
const UNAVAILABLE = /^(08(?!P01)|53|57P|58030|25006)/;
/** Error codes of the operating system for a connection, such as ECONNRESET; Node's own codes begin with ERR_. */
const BROKEN = /^E(?!RR_)/;
/** Messages of `pg` for a connection that was lost or not made in time, and for an exhausted pool. */
const LOST = /^(Connection terminated|Client (has|was)|timeout (exceeded|expired))/;
/** A recovery counts only after this time without failures, because a standby or a full disk answers a probe too. */
const QUIET_MS = 5_000;

/** The part of the pool that probes use. */
interface Probed {
  readonly ending: boolean;
  query(text: string): Promise<unknown>;
}

/**
 * Distinguishes "PostgreSQL is unavailable" from other query errors. Logs once when it goes down and once when it
 * recovers.
 */
export class OutageMonitor {
  private readonly logger = new Logger('database');
  private lasts = false;
  private quiet = true;

  constructor(
    private readonly pool: Probed,
    private readonly quietMs = QUIET_MS,
  ) {}

  /** Returns the error that callers see. */
  translate(error: unknown): unknown {
    if (!isOutage(error)) return error;
    this.quiet = false;
    if (!this.lasts) void this.watch(error);
    return new DatabaseUnavailable(error);
  }

  readonly rethrow = (error: unknown): never => {
    throw this.translate(error);
  };

  private async watch(cause: unknown): Promise<void> {
    this.lasts = true;
    this.logger.warn({ err: cause }, 'database unavailable; requests are answered 503 until it recovers');
    do {
      this.quiet = true;
      await pause(this.quietMs, undefined, { ref: false });
      if (this.pool.ending) return; // a stopping process needs no recovery
    } while (!(await this.answers()) || !this.quiet);
    this.lasts = false;
    this.logger.log('database recovered');
  }

  private async answers(): Promise<boolean> {
    try {
      await this.pool.query('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }
}

function isOutage(error: unknown): boolean {
  if (error instanceof DatabaseError) return UNAVAILABLE.test(error.code ?? '');
  if (!isNativeError(error)) return false;
  return ('code' in error && BROKEN.test(String(error.code))) || LOST.test(error.message);
}
