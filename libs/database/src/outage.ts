import { setTimeout as pause } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import { Logger } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { QueryFailedError, type DataSource } from 'typeorm';
import { DatabaseUnavailable } from '@app/kernel';

/** Connections, resources, an operator's or a crash's doing (SQLSTATE 08, 53, 57P), and a standby that takes no writes. */
const AWAY = /^(08|53|57P|25006)/;
/** What `pg` says of a connection that was lost, or was silent for too long, and of a pool that has none to give. */
const LOST = /^(Connection terminated|Client (has|was)|Query read timeout|timeout exceeded)/;
const LOOK_AGAIN_MS = 1_000;

/** Tells that PostgreSQL is away from all that can be wrong with a query, and tells operators when it goes and when it is back. */
export class Outage {
  private readonly logger = new Logger('database');
  private lasts = false;

  constructor(private readonly source: DataSource) {}

  /** The error as callers are to see it. */
  read(error: unknown): unknown {
    if (!isOutage(error)) return error;
    if (!this.lasts) void this.watch(error);
    return new DatabaseUnavailable(error);
  }

  private async watch(cause: unknown): Promise<void> {
    this.lasts = true;
    this.logger.warn({ err: cause }, 'the database is away: requests are answered 503 until it is back');
    while (await this.isAway()) await pause(LOOK_AGAIN_MS, undefined, { ref: false });
    this.lasts = false;
    this.logger.log('the database answers');
  }

  /** Whoever stops needs it no more. */
  private async isAway(): Promise<boolean> {
    try {
      await this.source.query('SELECT 1');
      return false;
    } catch {
      return this.source.isInitialized;
    }
  }
}

function isOutage(thrown: unknown): boolean {
  const error: unknown = thrown instanceof QueryFailedError ? thrown.driverError : thrown;
  if (error instanceof DatabaseError) return AWAY.test(error.code ?? '');
  if (!isNativeError(error)) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isOutage); // of a host with several addresses
  return 'syscall' in error || LOST.test(error.message);
}
