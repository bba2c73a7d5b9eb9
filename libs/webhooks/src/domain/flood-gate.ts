import type { OrgId } from '@app/kernel';
import type { Delivery } from './delivery';

const ROWS_PER_SECOND = 10;

/** Limit of the kinds per org. GitLab has fewer events; further names share one kind. */
const MOST_KINDS = 30;

interface Written {
  rows: number;
  /** Last row of each kind. */
  readonly last: Map<string, string>;
}

/**
 * Limits the log to a number of rows per second and org. Counts further deliveries on the last row of their kind.
 * Remembers one second, so that the orgs delivering in it bound its memory.
 */
export class FloodGate {
  private second = 0;
  private readonly orgs = new Map<OrgId, Written>();

  /**
   * Returns the row that counts the delivery, or null if the delivery gets its own row. Refusals of one kind always
   * share a row.
   */
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

  /** Forgets the rows it granted, because they were not written. */
  reset(): void {
    this.orgs.clear();
  }

  private enter(second: number): void {
    if (second !== this.second) this.orgs.clear();
    this.second = second;
  }
}

/**
 * Returns the kind a row counts: one event with one verdict. A refused sender can name any event, so its name is
 * ignored.
 */
function kindOf({ event, outcome, reason }: Delivery, known: ReadonlyMap<string, string>): string {
  const verdict = `${outcome} ${reason}`;
  const kind = `${verdict} ${event}`;
  return outcome === 'refused' || (known.size >= MOST_KINDS && !known.has(kind)) ? verdict : kind;
}
