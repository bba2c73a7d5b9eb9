import { Logger } from '@nestjs/common';
import { DatabaseUnavailable, type Clock, type OrgId, type Pruner, type PruneStep } from '@app/kernel';
import type { Progress, PruningRounds } from './pruning-rounds.port';

const HOUR_MS = 60 * 60_000;
/** Most visits of one pruner per hour. Most orgs need one. */
const VISITS = 5_000;
const LONGEST_MS = HOUR_MS / 2;
const BEGINNING: Progress = { after: null, within: null };

/**
 * Prunes the next orgs of each pruner every hour, in one of all processes: a steady load, whatever the amount of
 * data.
 */
export class PruneByRounds {
  private readonly logger = new Logger('pruning');

  constructor(
    private readonly rounds: PruningRounds,
    private readonly pruners: readonly Pruner[],
    private readonly clock: Clock,
    private readonly random: () => number = Math.random,
  ) {}

  async execute(stopping: AbortSignal): Promise<void> {
    for (const pruner of this.pruners) {
      const now = this.clock.now();
      const next = new Date(now.getTime() + HOUR_MS * (0.8 + 0.4 * this.random()));
      const from = await this.rounds.claim(pruner.name, now, next);
      const enough = () => stopping.aborted || this.clock.now().getTime() - now.getTime() > LONGEST_MS;
      if (from) await this.rounds.saveProgress(pruner.name, await this.pruneFrom(from, pruner, enough));
    }
  }

  /** Prunes from a position on, until `enough`. Returns the position that the round has reached. */
  private async pruneFrom(from: Progress, pruner: Pruner, enough: () => boolean): Promise<Progress> {
    const others = await pruner.orgsAfter(from.after, VISITS);
    let left = from.after !== null && from.within !== null ? [from.after, ...others] : others;
    let [at, visits, pruned] = [from, 0, 0];
    while (left.length && visits < VISITS && !enough()) {
      const visit = await this.visit(pruner, left[0], at.within);
      at = { after: left[0], within: visit.next };
      if (visit.next === null) left = left.slice(1);
      pruned += visit.pruned;
      visits++;
    }
    if (pruned) this.logger.log({ what: pruner.name, pruned }, 'history pruned');
    return left.length || others.length === VISITS ? at : BEGINNING;
  }

  /** Prunes one org. A failure does not stop the other orgs. @throws DatabaseUnavailable, which stops all of them */
  private async visit(pruner: Pruner, org: OrgId, from: string | null): Promise<PruneStep> {
    try {
      return await pruner.prune(org, from);
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      this.logger.error(
        { err: error, org, what: pruner.name },
        'pruning of an org failed; retrying in the next round',
      );
      return { pruned: 0, next: null };
    }
  }
}
