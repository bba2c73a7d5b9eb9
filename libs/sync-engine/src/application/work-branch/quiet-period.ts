import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { Clock } from '@app/kernel';
import { quietUntil } from '../../domain/quiet-period';
import type { SyncPass } from '../pass/sync-pass';

/** Changes among which the newest edit is searched. */
const LOOKED_AT = 50;

/** Finds out whether edits still come: a push to the work branch may reset approvals, so a burst is pushed as one. */
@Injectable()
export class QuietPeriod {
  constructor(
    private readonly store: ContextStore,
    private readonly clock: Clock,
  ) {}

  /** Returns when the push may begin; null if it may now. A person does not wait. */
  async until({ org, run, state, target }: SyncPass): Promise<Date | null> {
    const asked = run.kind !== 'push' || run.trigger === 'manual' || run.requestedBy !== null;
    if (asked || run.commits.length) return null;
    const waiting = await this.store.changesAfter(org, state.pushedRevision, LOOKED_AT);
    const oldest = waiting.find(({ origin }) => origin !== 'gitlab');
    if (!oldest) return null;
    const { items } = await this.store.history(org, { limit: LOOKED_AT });
    const newest = items.find(({ origin, op }) => origin !== 'gitlab' && op !== 'keep');
    return quietUntil(oldest.at, newest?.at ?? oldest.at, target.quietSeconds, this.clock.now());
  }
}
