import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { allSettledOrThrow, Transactions, type OrgId } from '@app/kernel';
import { FloodGate } from '../../domain/flood-gate';
import { Deliveries, type Coalesced, type NewDelivery } from '../ports/deliveries.port';
import { PruneDeliveries } from './prune-deliveries';

/** Limit of remembered keys: a flood of ten minutes, or the last part of it. */
const MOST_COUNTED = 50_000;

/** Writes deliveries to the log: each on its own row, or in a flood counted on another. */
@Injectable()
export class DeliveryLog {
  private readonly gate = new FloodGate();
  /** Keys of deliveries that were counted on another row. */
  private readonly counted = new LRUCache<string, true>({ max: MOST_COUNTED });

  constructor(
    private readonly deliveries: Deliveries,
    private readonly pruning: PruneDeliveries,
    private readonly transactions: Transactions,
  ) {}

  /** Returns those of the keys that the log has already. */
  async known(keys: readonly { readonly org: OrgId; readonly key: string }[]): Promise<Set<string>> {
    const counted = keys.flatMap(({ key }) => (this.counted.has(key) ? [key] : []));
    return new Set([...counted, ...(keys.length ? await this.deliveries.known(keys) : [])]);
  }

  /** Writes within the running transaction. Returns the ids of the logged deliveries; the others are repeated. */
  async write(entries: readonly NewDelivery[]): Promise<ReadonlySet<string>> {
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

  /** Forgets the rows of a transaction that failed. */
  reset(): void {
    this.gate.reset();
  }
}

function counting({ delivery, key }: NewDelivery): NewDelivery {
  return { delivery: { ...delivery, coalesced: delivery.coalesced + 1 }, key };
}
