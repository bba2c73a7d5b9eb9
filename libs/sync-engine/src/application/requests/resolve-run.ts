import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { Clock, Transactions, type OrgId } from '@app/kernel';
import { ended, isOver, putBack, type Run } from '../../domain/run';
import { RunNotAwaiting, RunNotFound, RunOver } from '../../domain/sync.errors';
import { WakeQueue } from '../ports/wake-queue.port';
import { SyncRuns } from '../ports/sync-runs.port';

/** A person's word on a run: go on, or do not. */
@Injectable()
export class ResolveRun {
  constructor(
    private readonly runs: SyncRuns,
    private readonly wakeQueue: WakeQueue,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Agrees to the deletions the run asked about. @throws RunNotFound, RunNotAwaiting */
  confirm(org: OrgId, id: string, act: Act): Promise<Run> {
    return this.change(org, id, act, (run) => {
      if (run.status !== 'awaiting_confirmation') throw new RunNotAwaiting();
      return { ...putBack(run), confirmed: true };
    });
  }

  /** What it has recorded stays; what is pending stays pending. @throws RunNotFound, RunOver */
  cancel(org: OrgId, id: string, act: Act): Promise<Run> {
    return this.change(org, id, act, (run) => {
      if (isOver(run)) throw new RunOver();
      return ended(run, 'cancelled', this.clock.now());
    });
  }

  private change(org: OrgId, id: string, act: Act, answer: (run: Run) => Run): Promise<Run> {
    return this.transactions.run(async () => {
      const run = await this.runs.find(org, id);
      if (!run) throw new RunNotFound(id);
      const answered = answer(run);
      await this.runs.save(answered);
      await act.record(id);
      this.transactions.afterCommit(() => this.wakeQueue.wake(org));
      return answered;
    });
  }
}
