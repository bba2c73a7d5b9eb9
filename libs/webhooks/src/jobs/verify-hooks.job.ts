import { Injectable, Logger } from '@nestjs/common';
import { Clock, RepeatingJob } from '@app/kernel';
import { VerifyDueHooks } from '../application/hooks/verify-due-hooks';

const EVERY_MS = 60_000;

/** Verifies the hooks on GitLab in the worker processes: each hook about once an hour, in one of them. */
@Injectable()
export class VerifyHooksJob extends RepeatingJob {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly verifyDueHooks: VerifyDueHooks,
    clock: Clock,
  ) {
    super(clock, EVERY_MS);
  }

  protected once(stopping: AbortSignal): Promise<unknown> {
    return this.verifyDueHooks.execute(stopping);
  }

  protected failed(error: unknown): void {
    this.logger.error({ err: error }, 'hook checks failed; retrying at the next interval');
  }
}
