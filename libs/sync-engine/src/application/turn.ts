import type { GitLab, Repo } from '@app/gitlab';
import type { Clock, OrgId, Transactions } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { Run } from '../domain/run';
import { comparedAs, type SyncState } from '../domain/sync-state';
import { LeaseLost } from '../domain/sync.errors';
import type { SyncRuns } from './sync-runs.port';
import type { Lease, StatePatch, SyncStates } from './sync-states.port';

interface Means {
  readonly states: SyncStates;
  readonly runs: SyncRuns;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly leaseMs: number;
}

export interface Recording {
  readonly state?: StatePatch;
  readonly run?: (run: Run) => Run;
}

/** How much one turn may do before the other orgs have theirs. */
const BUDGET = { commits: 20, ms: 10_000 };

/** One worker's turn at one org: what it knows, and the only way it records anything. */
export class Turn {
  private readonly begun: number;
  private commits = 0;
  private heldUntil = 0;
  private current: { state: SyncState; run: Run };

  constructor(
    readonly lease: Lease,
    readonly target: SyncTarget,
    readonly gitlab: GitLab,
    state: SyncState,
    run: Run,
    private readonly means: Means,
  ) {
    this.current = { state, run };
    this.begun = means.clock.now().getTime();
  }

  get org(): OrgId {
    return this.lease.org;
  }

  get state(): SyncState {
    return this.current.state;
  }

  get run(): Run {
    return this.current.run;
  }

  get repo(): Repo {
    const { projectId, pathWithNamespace, branch } = this.target;
    return { projectId, pathWithNamespace, branch };
  }

  get compared(): boolean {
    return comparedAs(this.state, this.target.scope);
  }

  /** Time to let other orgs have their turn. */
  get spent(): boolean {
    return this.commits >= BUDGET.commits || this.means.clock.now().getTime() - this.begun > BUDGET.ms;
  }

  /**
   * Records what was done, in one transaction under the lease; all of it or nothing. `work` writes the rest, and says what
   * changes about the state and the run.
   * @throws LeaseLost, RunOver
   */
  async record(work: () => Promise<Recording> | Recording): Promise<void> {
    const { states, runs, transactions, clock, leaseMs } = this.means;
    let after = this.current;
    const begun = clock.now().getTime();
    await transactions.run(async () => {
      await states.hold(this.lease, leaseMs);
      const { state = {}, run = (same) => same } = await work();
      after = { state: { ...this.state, ...state }, run: run(this.run) };
      await states.save(this.org, state);
      await runs.save(after.run);
    });
    this.commits += after.run.commits.length - this.run.commits.length;
    this.current = after;
    this.heldUntil = begun + leaseMs;
  }

  /** For what no transaction can fence: a process that stood still since its last record may have lost the lease. @throws LeaseLost */
  requireFreshLease(): void {
    if (this.means.clock.now().getTime() >= this.heldUntil) throw new LeaseLost();
  }

  /** So much more is to be done; stored with the next record. */
  expect(more: number): void {
    const { done } = this.run.progress;
    this.current = { ...this.current, run: { ...this.run, progress: { done, total: done + more } } };
  }

  /** Counts a request to GitLab; stored with the next record. */
  noteCall(): void {
    this.current = { ...this.current, run: { ...this.run, apiCalls: this.run.apiCalls + 1 } };
  }
}
