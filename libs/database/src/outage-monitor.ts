import { setTimeout as pause } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import { Logger } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { QueryFailedError, type DataSource } from 'typeorm';
import { DatabaseUnavailable } from '@app/kernel';

/** Connections, resources, an operator's or a crash's doing, a disk that fails, and a standby that takes no writes (SQLSTATE). */
const UNAVAILABLE = /^(08(?!P01)|53|57P|58030|25006)/;
/** What the operating system says of a connection, such as ECONNRESET; what Node finds wrong by itself begins with ERR_. */
const BROKEN = /^E(?!RR_)/;
/** What `pg` says of a connection that was lost or not made in time, and of a pool that has none to give. */
const LOST = /^(Connection terminated|Client (has|was)|timeout (exceeded|expired))/;
/** A standby, or a disk that is full, answers a probe as well: an end is believed after so long without a failure. */
const QUIET_MS = 5_000;

/** Tells that PostgreSQL is away from all that can be wrong with a query, and tells operators when it goes and when it is back. */
export class OutageMonitor {
  private readonly logger = new Logger('database');
  private lasts = false;
  private quiet = true;

  constructor(
    private readonly source: Pick<DataSource, 'isInitialized' | 'query'>,
    private readonly quietMs = QUIET_MS,
  ) {}

  /** The error as callers are to see it. */
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
    this.logger.warn({ err: cause }, 'the database is away: requests are answered 503 until it is back');
    do {
      this.quiet = true;
      await pause(this.quietMs, undefined, { ref: false });
      if (!this.source.isInitialized) return; // whoever stops needs it no more
    } while (!(await this.answers()) || !this.quiet);
    this.lasts = false;
    this.logger.log('the database answers');
  }

  private async answers(): Promise<boolean> {
    try {
      await this.source.query('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }
}

function isOutage(thrown: unknown): boolean {
  const error: unknown = thrown instanceof QueryFailedError ? thrown.driverError : thrown;
  if (error instanceof DatabaseError) return UNAVAILABLE.test(error.code ?? '');
  if (!isNativeError(error)) return false;
  return ('code' in error && BROKEN.test(String(error.code))) || LOST.test(error.message);
}
