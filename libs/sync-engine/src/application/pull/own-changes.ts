import type { Decision } from '../../domain/decision';
import type { StatePatch } from '../ports/sync-states.port';

/**
 * Follows the changes that one pull makes in Dot, one directly after the other. No path is in two of them, so a
 * decision from before the first one holds after the last one too.
 */
export class OwnChanges {
  private count = 0;

  /** Returns the decision as of the last of these changes. */
  asOfNow(decision: Decision): Decision {
    return this.count ? { ...decision, asOf: decision.asOf + this.count } : decision;
  }

  /** Notes the change that the decisions made, if Dot did not change between. */
  note([{ asOf }]: readonly Decision[], made: number | null): void {
    if (made === asOf + 1) this.count++;
  }
}

/** Our own change needs no replay if nothing made in Dot waits before it. */
export function withOwnChange(
  { pushedRevision }: Pick<StatePatch, 'pushedRevision'>,
  made: number | null,
): Pick<StatePatch, 'pushedRevision'> {
  if (pushedRevision === undefined || made === null || pushedRevision !== made - 1) return {};
  return { pushedRevision: made };
}
