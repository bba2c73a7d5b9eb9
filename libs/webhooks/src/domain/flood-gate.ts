import type { OrgId } from '@app/kernel';
import type { Delivery } from './delivery';

const ROWS_PER_SECOND = 10;

/** GitLab has fewer events than that; the names of others are not kept apart beyond it. */
const MOST_KINDS = 30;

interface Written {
  rows: number;
  /** The last row of each kind. */
  readonly last: Map<string, string>;
}

/**
 * Keeps the log from being flooded: so many rows a second for each org; what comes beyond them is counted on the last row of its
 * kind. Remembers one second, so that its memory is bounded by the orgs that deliver in it.
 */
export class FloodGate {
  private second = 0;
  private readonly orgs = new Map<OrgId, Written>();

  /** The row that counts the delivery, or null where it gets one of its own. A refusal of a kind has one row in any case. */
  rowFor(delivery: Delivery): string | null {
    const { id, org, at, outcome } = delivery;
    this.enter(Math.floor(at.getTime() / 1000));
    const written = this.orgs.get(org) ?? { rows: 0, last: new Map() };
    this.orgs.set(org, written);
    const kind = kindOf(delivery, written.last);
    const last = written.last.get(kind);
    if (last && (written.rows >= ROWS_PER_SECOND || outcome === 'refused')) return last;
    written.rows++;
    written.last.set(kind, id);
    return null;
  }

  /** The rows it let through were not written. */
  reset(): void {
    this.orgs.clear();
  }

  private enter(second: number): void {
    if (second !== this.second) this.orgs.clear();
    this.second = second;
  }
}

/** Returns what a row counts: one event with one verdict. A refused sender names any event, so that its name counts for nothing. */
function kindOf({ event, outcome, reason }: Delivery, known: ReadonlyMap<string, string>): string {
  const verdict = `${outcome} ${reason}`;
  const kind = `${verdict} ${event}`;
  return outcome === 'refused' || (known.size >= MOST_KINDS && !known.has(kind)) ? verdict : kind;
}
