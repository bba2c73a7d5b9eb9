import { Injectable } from '@nestjs/common';
import { Clock, allSettledOrThrow, type OrgId } from '@app/kernel';
import { RequestRun } from './request-run';
import { SyncStates, type WebhookContext } from '../ports/sync-states.port';

/** Polling needs to know no better than this when a webhook was last heard, and most deliveries need no write of it. */
const FRESH_MS = 60_000;

/** Handles the push events of webhooks, for many orgs per query: under load they come in batches. */
@Injectable()
export class OnPushEvents {
  constructor(
    private readonly states: SyncStates,
    private readonly request: RequestRun,
    private readonly clock: Clock,
  ) {}

  /** Looks at the states of these orgs once. Good for the transaction it is asked for in. */
  async of(orgs: readonly OrgId[]): Promise<PushEvents> {
    return new PushEvents(
      await this.states.webhookContext(orgs),
      this.states,
      this.request,
      this.clock.now(),
    );
  }
}

export class PushEvents {
  constructor(
    private readonly contexts: ReadonlyMap<OrgId, WebhookContext>,
    private readonly states: SyncStates,
    private readonly request: RequestRun,
    private readonly now: Date,
  ) {}

  /** Returns the commits both sides agree on. Leaves out orgs without one, and orgs in a pass, which may move it. */
  get baseCommits(): ReadonlyMap<OrgId, string> {
    const bases = [...this.contexts].flatMap(([org, { baseCommit, taken }]) =>
      baseCommit && !taken ? [[org, baseCommit] as const] : [],
    );
    return new Map(bases);
  }

  /** Requests pulls and returns the ids of the waiting runs. `announced` names the commit that webhooks announced to an org. */
  async lookNow(
    orgs: readonly OrgId[],
    announced?: ReadonlyMap<OrgId, string>,
  ): Promise<ReadonlyMap<OrgId, string>> {
    const stopped = orgs.filter((org) => this.contexts.get(org)?.blocked);
    if (stopped.length) await this.states.retryBlocked(stopped, this.now);
    const pulls = this.request.executeAll(orgs, 'pull', 'webhook', announced);
    const [, runs] = await allSettledOrThrow(this.heard(orgs), pulls);
    return runs;
  }

  /** Notes that the hooks work, even if nothing changed: polling may be rare. */
  async heard(orgs: readonly OrgId[]): Promise<void> {
    const seen = (org: OrgId) => this.contexts.get(org)?.webhookSeenAt?.getTime() ?? 0;
    const stale = orgs.filter((org) => this.now.getTime() - seen(org) > FRESH_MS);
    if (stale.length) await this.states.noteWebhooks(stale, this.now);
  }
}
