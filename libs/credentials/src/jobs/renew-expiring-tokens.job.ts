import { Injectable, Logger } from '@nestjs/common';
import { Clock, RepeatingJob } from '@app/kernel';
import { RenewExpiringTokens } from '../application/renew-expiring-tokens';

const EVERY_MS = 300_000;

/** Looks after tokens about to expire in the processes that work, from their start on; a rotation under way is brought to its end. */
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
    this.logger.error({ err: error }, 'tokens could not be looked after; the next look comes');
  }
}
