import { Injectable } from '@nestjs/common';
import { Clock, Transactions, type OrgId } from '@app/kernel';
import { RequestRun } from './request-run';
import { SyncStates, type Glance } from './sync-states.port';

/** Polling needs to know no better than this when a webhook was last heard, and most deliveries need no write of it. */
const FRESH_MS = 60_000;

/** What webhooks say, of many orgs at once: under load they come in batches. */
@Injectable()
export class HearWebhooks {
  constructor(
    private readonly states: SyncStates,
    private readonly request: RequestRun,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** A pull is wanted: answers the ids of the waiting runs. Joins the caller's transaction. */
  lookNow(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, string>> {
    return this.transactions.run(async () => {
      const states = await this.states.glance(orgs);
      await this.note(orgs, states);
      for (const [org, { blocked }] of states)
        if (blocked?.code === 'branch_gone') await this.request.resume(org);
      return this.request.executeAll(orgs, 'pull', 'webhook');
    });
  }

  /** The hooks work, though there is nothing to look at. Joins the caller's transaction. */
  async heard(orgs: readonly OrgId[]): Promise<void> {
    await this.note(orgs, await this.states.glance(orgs));
  }

  private async note(orgs: readonly OrgId[], states: ReadonlyMap<OrgId, Glance>): Promise<void> {
    const now = this.clock.now();
    const seen = (org: OrgId) => states.get(org)?.webhookSeenAt?.getTime() ?? 0;
    const stale = orgs.filter((org) => now.getTime() - seen(org) > FRESH_MS);
    if (stale.length) await this.states.noteWebhooks(stale, now);
  }
}
