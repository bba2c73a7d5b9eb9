import { Injectable } from '@nestjs/common';
import { Clock } from '@app/kernel';
import { CheckHook } from './check-hook';
import { WebhookEndpoints } from './webhook-endpoints.port';

const EVERY_MS = 3_600_000;
const BATCH = 20;

/** Looks after the hooks whose turn it is, an hour after the last look. */
@Injectable()
export class CheckDueHooks {
  constructor(
    private readonly endpoints: WebhookEndpoints,
    private readonly checkHook: CheckHook,
    private readonly clock: Clock,
  ) {}

  /** How many it looked at; call again after a while. */
  async execute(): Promise<number> {
    const lastLook = new Date(this.clock.now().getTime() - EVERY_MS);
    const orgs = await this.endpoints.orgsNotCheckedSince(lastLook, BATCH);
    for (const org of orgs) await this.checkHook.execute(org);
    return orgs.length;
  }
}
