import { allSettledOrThrow, type Clock, type Transactions } from '@app/kernel';
import type { Run } from '../../domain/run';
import type { SyncState } from '../../domain/sync-state';
import { LeaseLost } from '../../domain/sync.errors';
import type { SyncRuns } from '../ports/sync-runs.port';
import type { Lease, StatePatch, SyncStates } from '../ports/sync-states.port';

/** Changes to the state and the run that one step records. */
export interface Checkpoint {
  readonly state?: StatePatch;
  readonly run?: (run: Run) => Run;
  /** Writes the rest of the step, sent to PostgreSQL together with these changes. */
  readonly writes?: () => Promise<unknown>;
}

export interface RecordStart {
  readonly lease: Lease;
  /** When the lease ends by this worker's own clock. */
  readonly heldUntil: number;
  readonly state: SyncState;
  readonly run: Run;
}

/** Budget of one pass, so that other orgs get their share. */
export const BUDGET = { commits: 20, ms: 10_000 };

/** Holds the org's state and the run of one pass, and records them under the lease. */
export class PassRecord {
  readonly lease: Lease;
  state: SyncState;
  run: Run;
  closed = false;
  private readonly begun: number;
  private commits = 0;
  private heldUntil: number;

  constructor(
    { lease, heldUntil, state, run }: RecordStart,
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly leaseMs: number,
  ) {
    [this.lease, this.heldUntil, this.state, this.run] = [lease, heldUntil, state, run];
    this.begun = clock.now().getTime();
  }

  budgetSpentAfter(commits: number): boolean {
    return this.commits + commits >= BUDGET.commits || this.clock.now().getTime() - this.begun > BUDGET.ms;
  }

  /** @throws LeaseLost */
  requireFreshLease(): void {
    if (this.clock.now().getTime() >= this.heldUntil) throw new LeaseLost();
  }

  /** Records a step in one transaction under the lease. @throws LeaseLost, RunOver */
  async write(work: () => Promise<Checkpoint>, last = false): Promise<void> {
    const begun = this.clock.now().getTime();
    const save = (patch: StatePatch) =>
      last ? this.states.release(this.lease, patch) : this.states.save(this.lease.org, patch);
    const { patch, run } = await this.transactions.run(async () => {
      const holding = this.states.hold(this.lease, this.leaseMs);
      const [, recorded] = await allSettledOrThrow(holding, this.saved(work, save));
      return recorded;
    });
    this.commits += run.commits.length - this.run.commits.length;
    this.state = { ...this.state, ...patch };
    this.run = run;
    this.heldUntil = begun + this.leaseMs;
    if (last) this.closed = true;
  }

  /** Saves the step without waiting for the lease's answer: only the commit needs it. */
  private async saved(work: () => Promise<Checkpoint>, save: (patch: StatePatch) => Promise<void>) {
    const { state: patch = {}, run: change, writes } = await work();
    const run = change?.(this.run) ?? this.run;
    await allSettledOrThrow(writes?.(), save(patch), this.runs.save(run));
    return { patch, run };
  }
}
