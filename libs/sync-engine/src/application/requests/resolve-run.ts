import { Injectable } from '@nestjs/common';
import type { Act } from '@app/audit';
import { Clock, Transactions, type OrgId } from '@app/kernel';
import { ended, isOver, putBack, type Run } from '../../domain/run';
import { RunNotAwaiting, RunNotFound, RunOver } from '../../domain/sync.errors';
import { RunChanges } from '../ports/run-changes.port';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates } from '../ports/sync-states.port';
import { WakeQueue } from '../ports/wake-queue.port';

type Answer = Pick<Run, 'confirmed' | 'kept'>;

/** A person's word on a run: go on, or do not. */
@Injectable()
export class ResolveRun {
  constructor(
    private readonly runs: SyncRuns,
    private readonly states: SyncStates,
    private readonly runChanges: RunChanges,
    private readonly wakeQueue: WakeQueue,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Agrees to the deletions the run asked about. @throws RunNotFound, RunNotAwaiting */
  confirm(org: OrgId, id: string, act: Act): Promise<Run> {
    return this.change(org, id, act, (run) => this.answer(run, { confirmed: true, kept: false }));
  }

  /** Wants the files back on GitLab that the run asked about. @throws RunNotFound, RunNotAwaiting */
  keep(org: OrgId, id: string, act: Act): Promise<Run> {
    return this.change(org, id, act, (run) => this.answer(run, { confirmed: false, kept: true }));
  }

  /**
   * Cancels the run. Its recorded steps stay, and pending changes stay pending. A stop no longer retries runs of its
   * kind. @throws RunNotFound, RunOver
   */
  cancel(org: OrgId, id: string, act: Act): Promise<Run> {
    return this.transactions.run(async () => {
      const wanted = await this.runs.find(org, id);
      // Before the runs are locked, in the order of a pass.
      if (wanted) await this.states.dropBlocked(org, wanted.kind);
      return this.change(org, id, act, (run) => {
        if (isOver(run)) throw new RunOver();
        return ended(run, 'cancelled', this.clock.now());
      });
    });
  }

  private async answer(run: Run, answer: Answer): Promise<Run> {
    if (run.status === 'awaiting_confirmation') return { ...putBack(run), ...answer };
    const { question } = await this.states.load(run.org);
    if (!isOver(run) || question?.runId !== run.id) throw new RunNotAwaiting();
    return { ...(await this.askedAgain(run)), ...answer };
  }

  /** The run that asked has ended with its question open: another run carries out the decision. */
  private async askedAgain({ id, org }: Run): Promise<Run> {
    const run = await this.runs.request(org, 'pull', 'manual', this.clock.now());
    await this.runChanges.replace(org, run.id, await this.runChanges.of(org, id));
    return run;
  }

  private change(org: OrgId, id: string, act: Act, answer: (run: Run) => Run | Promise<Run>): Promise<Run> {
    return this.transactions.run(async () => {
      await this.runs.lockOpen(org); // a run that waits must not start in between
      const run = await this.runs.find(org, id);
      if (!run) throw new RunNotFound(id);
      const answered = await answer(run);
      await this.runs.save(answered);
      if (answered.id !== id) await this.runs.noteRequester(org, answered.id, act.by.name);
      await act.record(id);
      this.transactions.afterCommit(() => this.wakeQueue.wake(org));
      return answered;
    });
  }
}
