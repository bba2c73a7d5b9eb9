import { Injectable } from '@nestjs/common';
import { hash, randomUUID } from 'node:crypto';
import { allSettledOrThrow, type OrgId } from '@app/kernel';
import { ProjectConfigService, type TargetLocation } from '@app/project-config';
import { SyncEngineService, type PushEvents, type WebhookContext } from '@app/sync-engine';
import type { Delivery, Verdict } from '../../domain/delivery';
import type { Refusal } from '../../domain/delivery-proof';
import { announcedBy, reasonToIgnore, type Expected, type Ignored } from '../../domain/event-filter';
import { commitOf, type PushHint } from '../../domain/push-hint';
import { watchedBy } from '../../domain/watched-branches';
import type { NewDelivery } from '../ports/deliveries.port';
import { DeliveryLog } from './delivery-log';

/** Delivery to a known endpoint, after its sender was verified or refused. */
export interface VerifiedDelivery {
  readonly org: OrgId;
  readonly event: string | null;
  readonly key: string | null;
  readonly hint: PushHint;
  /** Reason of the refusal; null if the delivery proved itself. */
  readonly refusal: Refusal | null;
  readonly at: Date;
  /** Its place in a trace; null if it is not traced. */
  readonly trace: string | null;
}

export interface Judgement {
  readonly entries: readonly NewDelivery[];
  readonly contexts: ReadonlyMap<OrgId, WebhookContext>;
  /** The meaning of the deliveries for the sync. */
  readonly events: PushEvents;
}

/** Judges each delivery against the org's current target and base commit, and against the log. */
@Injectable()
export class JudgeDeliveries {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly sync: SyncEngineService,
    private readonly log: DeliveryLog,
  ) {}

  async execute(verified: readonly VerifiedDelivery[]): Promise<Judgement> {
    const orgs = [...new Set(verified.map(({ org }) => org))];
    const keyed = verified.map((one) => ({ ...one, key: one.key === null ? null : keyOf(one.org, one.key) }));
    const [targets, contexts, taken] = await allSettledOrThrow(
      this.projects.locations(orgs),
      this.sync.webhookContext(orgs),
      this.log.known(keyed.flatMap(({ org, key }) => (key === null ? [] : [{ org, key }]))),
    );
    const entries = keyed.map(({ org, event, key, hint, refusal, at }): NewDelivery => {
      const target = targets.get(org);
      const expected = target ? expectedOf(target, contexts.get(org)) : null;
      const repeated = key !== null && taken.has(key);
      const verdict = verdictFor(refusal, reasonToIgnore({ event, hint, repeated }, expected));
      const arrival = { id: randomUUID(), org, at, event, commit: refusal ? null : commitOf(hint) };
      const accepted = verdict.outcome === 'accepted';
      if (accepted && key !== null) taken.add(key);
      const remembered = refusal ? `refused:${refusal}` : accepted ? key : null;
      return { delivery: { ...arrival, ...verdict, coalesced: 0, runId: null }, key: remembered };
    });
    const deliveries = entries.map(({ delivery }) => delivery);
    return { entries, contexts, events: eventsOf(verified, deliveries, targets) };
  }
}

function expectedOf(target: TargetLocation, context: WebhookContext | undefined): Expected {
  const { baseCommit = null, workCommit = null } = context ?? {};
  return { ...target, ...watchedBy(target), baseCommit, workCommit };
}

function verdictFor(refused: Refusal | null, ignored: Ignored | null): Verdict {
  if (refused) return { outcome: 'refused', reason: refused };
  return ignored ? { outcome: 'ignored', reason: ignored } : { outcome: 'accepted', reason: null };
}

/** Returns the meaning of the deliveries, which are those of `verified`. */
function eventsOf(
  verified: readonly VerifiedDelivery[],
  deliveries: readonly Delivery[],
  targets: ReadonlyMap<OrgId, TargetLocation>,
): PushEvents {
  const hints = new Map<OrgId, PushHint[]>();
  const accepted = verified.filter((_, at) => deliveries[at].outcome === 'accepted');
  for (const { org, hint } of accepted) hints.set(org, [...(hints.get(org) ?? []), hint]);
  const echoed = deliveries.filter(({ reason }) => reason === 'own_commit');
  return {
    changed: new Map([...hints].map(([org, each]) => [org, announcedBy(each, targets.get(org)!)])),
    echoes: new Set(echoed.map(({ org }) => org)),
    traces: accepted.flatMap(({ org, trace }) => (trace === null ? [] : [{ org, trace }])),
  };
}

/** Hashes the key, so that its length is bounded and orgs never share one. */
function keyOf(org: OrgId, key: string): string {
  return `once:${hash('sha256', `${org} ${key}`)}`;
}
