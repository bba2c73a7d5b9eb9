import { Injectable, Logger } from '@nestjs/common';
import { Clock, DatabaseUnavailable, allSettledOrThrow, type OrgId } from '@app/kernel';
import { CheckHook } from './check-hook';
import { WebhookEndpoints } from '../ports/webhook-endpoints.port';

const EVERY_MS = 3_600_000;
/** While GitLab has keys that were replaced: they are accepted for ten minutes. */
const HANDOVER_EVERY_MS = 60_000;

/** With a call or two for each and a round a minute, a small part of what one GitLab instance allows. */
const MOST_IN_A_ROUND = 100;
const AT_A_TIME = 8;

/** Looks after the hooks whose turn it is, an hour after the last look, or as soon as those who wait longer leave room. */
@Injectable()
export class VerifyDueHooks {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly checkHook: CheckHook,
    private readonly clock: Clock,
  ) {}

  /**
   * How many turns it took; call again after a while. Those it has not come to when `signal` aborts wait for their next.
   * @throws DatabaseUnavailable, where they wait as well
   */
  async execute(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    const before = (ms: number) => new Date(now.getTime() - ms);
    const last = { before: before(EVERY_MS), withReplacedKeysBefore: before(HANDOVER_EVERY_MS) };
    const orgs = await this.endpoints.takeDue(last, now, MOST_IN_A_ROUND);
    const turns = orgs.values();
    const lookAfterSome = async () => {
      for (const org of turns) if (!signal?.aborted) await this.lookAfter(org);
    };
    await allSettledOrThrow(...Array.from({ length: AT_A_TIME }, lookAfterSome));
    return orgs.length;
  }

  /** One that cannot be looked after must not be in the way of the others. @throws DatabaseUnavailable */
  private async lookAfter(org: OrgId): Promise<void> {
    try {
      await this.checkHook.execute(org);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      this.logger.error({ err: error, org }, 'a hook could not be looked after; its next turn comes');
    }
  }
}
