import { Injectable } from '@nestjs/common';
import { allSettledOrThrow, Clock, type OrgId } from '@app/kernel';
import { SyncRuns, type AskedBy } from '../ports/sync-runs.port';
import { SyncStates, type WebhookContext } from '../ports/sync-states.port';
import { RequestRun } from './request-run';

/** Polling needs the time of the last webhook only this exactly, so most deliveries need not write it. */
const FRESH_MS = 60_000;

/** Names the orgs that push events arrived for, by what the events mean. */
export interface PushEvents {
  /** Orgs with something to pull, and the commit that all their events announce; null if they announce none or several. */
  readonly changed: ReadonlyMap<OrgId, string | null>;
  /** Orgs whose events announce the commit that both sides agree on. */
  readonly echoes: ReadonlySet<OrgId>;
  /** The deliveries of changed orgs in their traces. */
  readonly traces?: readonly Pick<AskedBy, 'org' | 'trace'>[];
}

/** Handles the push events of webhooks, for many orgs per query: under load they come in batches. */
@Injectable()
export class OnPushEvents {
  constructor(
    private readonly states: SyncStates,
    private readonly request: RequestRun,
    private readonly runs: SyncRuns,
    private readonly clock: Clock,
  ) {}

  /** Returns the state that the events of these orgs are judged by. Hides commits that a pass may move. */
  async contexts(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, WebhookContext>> {
    const contexts = await this.states.webhookContext(orgs);
    return new Map(
      [...contexts].map(([org, context]) => [
        org,
        context.taken ? { ...context, baseCommit: null, workCommit: null } : context,
      ]),
    );
  }

  /** Requests pulls for the changed orgs and returns the waiting runs. `contexts` come from the same transaction. */
  async execute(
    contexts: ReadonlyMap<OrgId, WebhookContext>,
    { changed, echoes, traces = [] }: PushEvents,
  ): Promise<ReadonlyMap<OrgId, string>> {
    const moved = [...changed.keys()];
    const stopped = moved.filter((org) => contexts.get(org)?.blocked);
    if (stopped.length) await this.states.retryBlocked(stopped, this.clock.now());
    const [, runs] = await allSettledOrThrow(
      this.noteWebhooks(contexts, [...new Set([...moved, ...echoes])]),
      moved.length ? this.request.executeAll(moved, 'pull', 'webhook', announcedIn(changed)) : new Map(),
    );
    if (traces.length)
      await this.runs.noteTraces(traces.map(({ org, trace }) => ({ org, run: runs.get(org)!, trace })));
    return runs;
  }

  /** Notes that the hooks work: polling may be rare. */
  private async noteWebhooks(
    contexts: ReadonlyMap<OrgId, WebhookContext>,
    orgs: readonly OrgId[],
  ): Promise<void> {
    const now = this.clock.now();
    const seen = (org: OrgId) => contexts.get(org)?.webhookSeenAt?.getTime() ?? 0;
    const stale = orgs.filter((org) => now.getTime() - seen(org) > FRESH_MS);
    if (stale.length) await this.states.noteWebhooks(stale, now);
  }
}

function announcedIn(changed: PushEvents['changed']): ReadonlyMap<OrgId, string> {
  return new Map([...changed].flatMap(([org, commit]) => (commit === null ? [] : [[org, commit] as const])));
}
