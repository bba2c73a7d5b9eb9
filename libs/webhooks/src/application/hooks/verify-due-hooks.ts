import { Injectable, Logger } from '@nestjs/common';
import { Clock, DatabaseUnavailable, allSettledOrThrow, type OrgId } from '@app/kernel';
import { CheckHook } from './check-hook';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

const EVERY_MS = 3_600_000;
/** Interval while GitLab still has replaced keys, which are accepted for ten minutes. */
const HANDOVER_EVERY_MS = 60_000;

/**
 * Limit per round. At one or two calls per hook and one round a minute, it is a small part of GitLab's rate limit.
 */
const MOST_IN_A_ROUND = 100;
const AT_A_TIME = 8;

/** Verifies the hooks that are due: an hour after their last check, those that waited longest first. */
@Injectable()
export class VerifyDueHooks {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly checkHook: CheckHook,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the number of hooks it took; call it again after a while. Once `signal` aborts, the remaining hooks wait
   * until they are due again.
   * @throws DatabaseUnavailable; the remaining hooks then wait too
   */
  async execute(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    const before = (ms: number) => new Date(now.getTime() - ms);
    const last = { before: before(EVERY_MS), withReplacedKeysBefore: before(HANDOVER_EVERY_MS) };
    const orgs = await this.endpoints.takeDue(last, now, MOST_IN_A_ROUND);
    const remaining = orgs.values();
    const verifySome = async () => {
      for (const org of remaining) if (!signal?.aborted) await this.verify(org);
    };
    await allSettledOrThrow(...Array.from({ length: AT_A_TIME }, verifySome));
    return orgs.length;
  }

  /** Logs an error, so that one failing hook does not block the others. @throws DatabaseUnavailable */
  private async verify(org: OrgId): Promise<void> {
    try {
      await this.checkHook.execute(org);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      this.logger.error({ err: error, org }, 'hook check failed; retrying at the next check');
    }
  }
}
