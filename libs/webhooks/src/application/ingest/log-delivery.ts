import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { hash, randomUUID } from 'node:crypto';
import pTimeout from 'p-timeout';
import { Batcher, DatabaseUnavailable, allSettledOrThrow, Transactions, type OrgId } from '@app/kernel';
import { ProjectConfigService, type TargetLocation } from '@app/project-config';
import { SyncEngineService, type PushEvents, type WebhookContext } from '@app/sync-engine';
import type { Delivery, Verdict } from '../../domain/delivery';
import type { Refusal } from '../../domain/delivery-proof';
import { announcedBy, reasonToIgnore, type Ignored } from '../../domain/event-filter';
import { FloodGate } from '../../domain/flood-gate';
import { commitOf, type PushHint } from '../../domain/push-hint';
import { Deliveries, type Coalesced, type NewDelivery } from '../ports/deliveries.port';
import { DeliveryBuffer } from './delivery-buffer';
import { PruneDeliveries } from './prune-deliveries';
import { timeLimit } from './time-limit';

/** Delivery to a known endpoint, after its sender was verified or refused. */
export interface VerifiedDelivery {
  readonly org: OrgId;
  readonly event: string | null;
  readonly key: string | null;
  readonly hint: PushHint;
  /** Reason of the refusal; null if the delivery proved itself. */
  readonly refusal: Refusal | null;
  readonly at: Date;
}

interface Judgement {
  readonly entries: readonly NewDelivery[];
  readonly contexts: ReadonlyMap<OrgId, WebhookContext>;
  readonly targets: ReadonlyMap<OrgId, TargetLocation>;
}

export type Receipt =
  { readonly status: 'accepted' } | { readonly status: 'ignored'; readonly reason: Ignored | 'unavailable' };

export const UNAVAILABLE: Receipt = { status: 'ignored', reason: 'unavailable' };

/** Limit of remembered keys: a flood of ten minutes, or the last part of it. */
const MOST_COUNTED = 50_000;

/** Upper bound for a delivery's headers and hints. */
const VERIFIED_BYTES = 8 * 1024;

/** Batch limit: in larger batches the first delivery would wait too long for the last. */
const MOST_AT_ONCE = 100;

/**
 * Judges and logs deliveries, and requests pulls in the same transaction. All deliveries that arrive during one
 * transaction share the next. A delivery costs one write without load, and less under load.
 */
@Injectable()
export class LogDelivery {
  private readonly logger = new Logger('webhooks');
  private readonly gate = new FloodGate();
  /** Keys of deliveries that were counted on another row. */
  private readonly counted = new LRUCache<string, true>({ max: MOST_COUNTED });
  private readonly batches = new Batcher<VerifiedDelivery, Verdict | null>(
    (verified) => this.recordAll(verified),
    MOST_AT_ONCE,
  );

  constructor(
    private readonly projects: ProjectConfigService,
    private readonly sync: SyncEngineService,
    private readonly deliveries: Deliveries,
    private readonly pruning: PruneDeliveries,
    private readonly transactions: Transactions,
    private readonly buffer: DeliveryBuffer,
  ) {}

  /**
   * Records the delivery and never fails, because GitLab disables hooks that return errors. A pull that is missed now
   * happens later, or by polling.
   */
  async execute(delivery: VerifiedDelivery): Promise<Receipt> {
    try {
      const verdict = await this.batches.do(delivery);
      if (!verdict) return UNAVAILABLE;
      return verdict.outcome === 'ignored'
        ? { status: 'ignored', reason: verdict.reason }
        : { status: 'accepted' };
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      this.buffer.reserve(VERIFIED_BYTES)?.commit(() => this.execute(delivery), VERIFIED_BYTES);
      return UNAVAILABLE;
    }
  }

  /**
   * Returns null for a delivery that could not be recorded; it does not block the others.
   * @throws DatabaseUnavailable
   */
  private async recordAll(verified: readonly VerifiedDelivery[]): Promise<(Verdict | null)[]> {
    try {
      return await pTimeout(this.recordTogether(verified), timeLimit());
    } catch (error) {
      this.gate.reset();
      if (error instanceof DatabaseUnavailable) throw error;
      if (verified.length > 1)
        return (await Promise.all(verified.map((one) => this.recordAll([one])))).flat();
      this.logger.error({ err: error, org: verified[0].org }, 'delivery not recorded');
      return [null];
    }
  }

  private async recordTogether(verified: readonly VerifiedDelivery[]): Promise<Verdict[]> {
    return this.transactions.run(async () => {
      const { entries, contexts, targets } = await this.judge(verified);
      const deliveries = entries.map(({ delivery }) => delivery);
      const runs = await this.sync.pushEventsReceived(contexts, eventsOf(verified, deliveries, targets));
      const noted = entries.map(({ delivery, key }) =>
        delivery.outcome === 'accepted'
          ? { delivery: { ...delivery, runId: runs.get(delivery.org) ?? null }, key }
          : { delivery, key },
      );
      const stored = await this.write(noted);
      return noted.map(({ delivery: { id, outcome, reason } }): Verdict =>
        stored.has(id) ? ({ outcome, reason } as Verdict) : { outcome: 'ignored', reason: 'duplicate' },
      );
    });
  }

  /** Judges each delivery against the org's current target and base commit. */
  private async judge(verified: readonly VerifiedDelivery[]): Promise<Judgement> {
    const orgs = [...new Set(verified.map(({ org }) => org))];
    const keyed = verified.map((one) => ({ ...one, key: one.key === null ? null : keyOf(one.org, one.key) }));
    const keys = keyed.flatMap(({ org, key }) => (key === null ? [] : [{ org, key }]));
    const [targets, contexts, known] = await allSettledOrThrow(
      this.projects.locations(orgs),
      this.sync.webhookContext(orgs),
      keys.length ? this.deliveries.known(keys) : [],
    );
    const taken = new Set(known);
    const entries = keyed.map(({ org, event, key, hint, refusal, at }): NewDelivery => {
      const target = targets.get(org);
      const expected = target ? { ...target, baseCommit: contexts.get(org)?.baseCommit ?? null } : null;
      const repeated = key !== null && (taken.has(key) || this.counted.has(key));
      const verdict = verdictFor(refusal, reasonToIgnore({ event, hint, repeated }, expected));
      const arrival = { id: randomUUID(), org, at, event, commit: refusal ? null : commitOf(hint) };
      const accepted = verdict.outcome === 'accepted';
      if (accepted && key !== null) taken.add(key);
      const remembered = refusal ? `refused:${refusal}` : accepted ? key : null;
      return { delivery: { ...arrival, ...verdict, coalesced: 0, runId: null }, key: remembered };
    });
    return { entries, contexts, targets };
  }

  /** Logs the deliveries, each on its own row or counted on another. Returns the ids of the logged ones. */
  private async write(entries: readonly NewDelivery[]): Promise<ReadonlySet<string>> {
    const rows = new Map<string, NewDelivery>();
    const more = new Map<string, Coalesced>();
    const counted: NewDelivery[] = [];
    for (const entry of entries) {
      const { id, org } = entry.delivery;
      const row = this.gate.rowFor(entry.delivery);
      const own = row === null ? null : rows.get(row);
      if (row === null) rows.set(id, entry);
      else if (own) rows.set(row, counting(own));
      else more.set(row, { org, id: row, count: (more.get(row)?.count ?? 0) + 1 });
      if (row !== null) counted.push(entry);
    }
    this.transactions.afterCommit(() => {
      for (const { key } of counted) if (key !== null) this.counted.set(key, true);
    });
    if (rows.size) this.pruning.note(entries.map(({ delivery }) => delivery.org));
    const [added] = await allSettledOrThrow(
      rows.size ? this.deliveries.add([...rows.values()]) : [],
      more.size ? this.deliveries.count([...more.values()]) : null,
    );
    return new Set([...counted.map(({ delivery }) => delivery.id), ...added]);
  }
}

function verdictFor(refused: Refusal | null, ignored: Ignored | null): Verdict {
  if (refused) return { outcome: 'refused', reason: refused };
  return ignored ? { outcome: 'ignored', reason: ignored } : { outcome: 'accepted', reason: null };
}

/** Returns what the deliveries, which are those of `verified`, mean to the sync. */
function eventsOf(
  verified: readonly VerifiedDelivery[],
  deliveries: readonly Delivery[],
  targets: Judgement['targets'],
): PushEvents {
  const hints = new Map<OrgId, PushHint[]>();
  for (const [at, { org, hint }] of verified.entries())
    if (deliveries[at].outcome === 'accepted') hints.set(org, [...(hints.get(org) ?? []), hint]);
  const echoed = deliveries.filter(({ reason }) => reason === 'own_commit');
  return {
    changed: new Map([...hints].map(([org, each]) => [org, announcedBy(each, targets.get(org)!)])),
    echoes: new Set(echoed.map(({ org }) => org)),
  };
}

function counting({ delivery, key }: NewDelivery): NewDelivery {
  return { delivery: { ...delivery, coalesced: delivery.coalesced + 1 }, key };
}

/** Hashes the key, so that its length is bounded and orgs never share one. */
function keyOf(org: OrgId, key: string): string {
  return `once:${hash('sha256', `${org} ${key}`)}`;
}
