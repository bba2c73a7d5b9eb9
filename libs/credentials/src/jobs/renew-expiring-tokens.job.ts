import { Injectable, Logger } from '@nestjs/common';
import { Clock, RepeatingJob } from '@app/kernel';
import { RenewExpiringTokens } from '../application/renew-expiring-tokens';

const EVERY_MS = 300_000;

/** Renews expiring tokens in worker processes from their start on, and completes a rotation in progress. */
@Injectable()
export class RenewExpiringTokensJob extends RepeatingJob {
  private readonly logger = new Logger('credentials');

  constructor(
    private readonly renewExpiringTokens: RenewExpiringTokens,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  protected once(stopping: AbortSignal): Promise<unknown> {
    return this.renewExpiringTokens.execute(stopping);
  }

  protected failed(error: unknown): void {
    this.logger.error({ err: error }, 'token check failed; retrying at the next interval');
  }
}
