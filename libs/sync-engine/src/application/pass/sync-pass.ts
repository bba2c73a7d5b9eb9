import type { GitLab, Repo } from '@app/gitlab';
import { allSettledOrThrow, type Clock, type OrgId, type Transactions } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { Run } from '../../domain/run';
import { SyncPolicy } from '../../domain/sync-policy';
import { comparedAs, type SyncState } from '../../domain/sync-state';
import { LeaseLost } from '../../domain/sync.errors';
import type { SyncRuns } from '../ports/sync-runs.port';
import type { Lease, StatePatch, SyncStates } from '../ports/sync-states.port';

/** Changes to the state and the run that one step records. */
export interface Checkpoint {
  readonly state?: StatePatch;
  readonly run?: (run: Run) => Run;
}

/** Input of a pass. */
export interface PassStart {
  readonly lease: Lease;
  /** When the lease ends by this worker's own clock. */
  readonly heldUntil: number;
  readonly target: SyncTarget;
  readonly gitlab: GitLab;
  readonly state: SyncState;
  readonly run: Run;
}

/** Budget of one pass, so that other orgs get their share. */
const BUDGET = { commits: 20, ms: 10_000 };

/** One bounded pass at one org's run: holds the lease, knows the sync's state, and records every step. */
export class SyncPass {
  readonly lease: Lease;
  readonly target: SyncTarget;
  readonly gitlab: GitLab;
  readonly policy: SyncPolicy;
  private readonly begun: number;
  private commits = 0;
  private heldUntil: number;
  private currentState: SyncState;
  private currentRun: Run;
  private closed = false;

  constructor(
    { lease, heldUntil, target, gitlab, state, run }: PassStart,
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly leaseMs: number,
  ) {
    [this.lease, this.target, this.gitlab] = [lease, target, gitlab];
    this.policy = new SyncPolicy(target);
    [this.heldUntil, this.currentState, this.currentRun] = [heldUntil, state, run];
    this.begun = clock.now().getTime();
  }

  get org(): OrgId {
    return this.lease.org;
  }

  get state(): SyncState {
    return this.currentState;
  }

  get run(): Run {
    return this.currentRun;
  }

  get repo(): Repo {
    const { projectId, pathWithNamespace, branch } = this.target;
    return { projectId, pathWithNamespace, branch };
  }

  get compared(): boolean {
    return comparedAs(this.state, this.target.scope);
  }

  /** Time to let other orgs have their pass. */
  get budgetSpent(): boolean {
    return this.budgetSpentAfter(0);
  }

  /** The same once so many further commits are made. */
  budgetSpentAfter(commits: number): boolean {
    return this.commits + commits >= BUDGET.commits || this.clock.now().getTime() - this.begun > BUDGET.ms;
  }

  /** The lease is given back. */
  get isClosed(): boolean {
    return this.closed;
  }

  /**
   * Records a step in one transaction under the lease: all of it or nothing. `work` writes the rest, and returns the
   * changes to the state and the run.
   * @throws LeaseLost, RunOver
   */
  async checkpoint(work: () => Promise<Checkpoint> | Checkpoint): Promise<void> {
    await this.record(work, (patch) => this.states.save(this.org, patch));
  }

  /** Records the last checkpoint, and gives the lease back with it. @throws LeaseLost, RunOver */
  async close(work: () => Promise<Checkpoint> | Checkpoint): Promise<void> {
    await this.record(work, (patch) => this.states.release(this.lease, patch));
    this.closed = true;
  }

  /**
   * Checks the lease before an effect that no transaction can fence. A process that paused since its last record may
   * have lost it.
   * @throws LeaseLost
   */
  requireFreshLease(): void {
    if (this.clock.now().getTime() >= this.heldUntil) throw new LeaseLost();
  }

  /** Adds to the expected work; stored with the next checkpoint. */
  expect(more: number): void {
    const { done } = this.run.progress;
    this.currentRun = { ...this.run, progress: { done, total: done + more } };
  }

  /** Counts a request to GitLab; stored with the next checkpoint. */
  noteCall(): void {
    this.currentRun = { ...this.run, apiCalls: this.run.apiCalls + 1 };
  }

  private async record(
    work: () => Promise<Checkpoint> | Checkpoint,
    write: (patch: StatePatch) => Promise<void>,
  ): Promise<void> {
    const begun = this.clock.now().getTime();
    const working = async () => work();
    const { state: patch = {}, run } = await this.transactions.run(async () => {
      const [, checkpoint] = await allSettledOrThrow(this.states.hold(this.lease, this.leaseMs), working());
      const run = checkpoint.run?.(this.run) ?? this.run;
      await allSettledOrThrow(write(checkpoint.state ?? {}), this.runs.save(run));
      return { ...checkpoint, run };
    });
    this.commits += run.commits.length - this.run.commits.length;
    this.currentState = { ...this.state, ...patch };
    this.currentRun = run;
    this.heldUntil = begun + this.leaseMs;
  }
}
