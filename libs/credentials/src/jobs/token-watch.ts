import { Injectable, Logger } from '@nestjs/common';
import { Clock, RepeatingJob } from '@app/kernel';
import { CareForTokens } from '../application/care-for-tokens';

const EVERY_MS = 300_000;

/** Looks after tokens about to expire in the processes that work, from their start on; a rotation under way is brought to its end. */
@Injectable()
export class TokenWatch extends RepeatingJob {
  private readonly logger = new Logger('credentials');

  constructor(
    private readonly careForTokens: CareForTokens,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  protected once(stopping: AbortSignal): Promise<unknown> {
    return this.careForTokens.execute(stopping);
  }

  protected failed(error: unknown): void {
    this.logger.error({ err: error }, 'tokens could not be looked after; the next look comes');
  }
}
