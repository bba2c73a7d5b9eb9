import type { GitLab, Repo } from '@app/gitlab';
import { allSettledOrThrow, type Clock, type OrgId, type Transactions } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { Run } from '../../domain/run';
import { SyncPolicy } from '../../domain/sync-policy';
import { comparedAs, type SyncState } from '../../domain/sync-state';
import { LeaseLost, RunOver } from '../../domain/sync.errors';
import type { NextWake } from '../ports/wake-queue.port';
import type { SyncRuns } from '../ports/sync-runs.port';
import type { Lease, StatePatch, SyncStates } from '../ports/sync-states.port';

export interface PassDeps {
  readonly states: SyncStates;
  readonly runs: SyncRuns;
  readonly transactions: Transactions;
  readonly clock: Clock;
  readonly leaseMs: number;
  /** How a run ends that has done its work; `open` are its org's that have not ended. */
  readonly ending: (pass: Standing, open: readonly Run[]) => Promise<Ending>;
}

export interface Checkpoint {
  readonly state?: StatePatch;
  readonly run?: (run: Run) => Run;
}

interface Progress {
  readonly state: SyncState;
  readonly run: Run;
}

/** Where a turn stands. */
export interface Standing extends Progress {
  readonly target: SyncTarget;
}

export type Ending = Required<Checkpoint> & {
  /** When the org has something to do next; undefined where it is not known yet. */
  readonly again: NextWake | undefined;
};

/** What a record comes to. */
interface Outcome extends Progress {
  readonly ending: Ending | null;
  /** What changes about the stored state. */
  readonly patch: StatePatch;
}

/** How much one turn may do before the other orgs have theirs. */
const BUDGET = { commits: 20, ms: 10_000 };

/** One worker's turn at one org: what it knows, and the only way it records anything. */
export class SyncPass implements Standing {
  private readonly begun: number;
  private commits = 0;
  readonly policy: SyncPolicy;
  private current: Progress;
  private ending: Ending | null = null;

  /** `heldUntil` is by this worker's own clock. */
  constructor(
    readonly lease: Lease,
    readonly target: SyncTarget,
    readonly gitlab: GitLab,
    state: SyncState,
    run: Run,
    private heldUntil: number,
    private readonly deps: PassDeps,
  ) {
    this.current = { state, run };
    this.policy = new SyncPolicy(target);
    this.begun = deps.clock.now().getTime();
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
  get budgetSpent(): boolean {
    return this.commits >= BUDGET.commits || this.deps.clock.now().getTime() - this.begun > BUDGET.ms;
  }

  /** The run has ended, and the lease is given back. */
  get isFinished(): boolean {
    return this.ending !== null;
  }

  /** When the org has something to do next; undefined where it is not known yet. */
  get nextWake(): NextWake | undefined {
    return this.ending?.again;
  }

  /**
   * Records what was done, in one transaction under the lease; all of it or nothing. `work` writes the rest, and says what
   * changes about the state and the run. What is recorded last also ends the run and gives the lease back.
   * @throws LeaseLost, RunOver
   */
  async checkpoint(work: () => Promise<Checkpoint> | Checkpoint, { last = false } = {}): Promise<void> {
    const { states, runs, transactions, clock, leaseMs } = this.deps;
    const begun = clock.now().getTime();
    const decide = async () => {
      const working = async () => work();
      const [, recording, open] = await allSettledOrThrow(
        states.hold(this.lease, leaseMs),
        working(),
        last ? runs.lockOpen(this.org) : null,
      );
      return this.outcome(recording, open);
    };
    const write = (outcome: Outcome) => this.write(outcome);
    // A run that cannot be over any more is written in one go with the end of the transaction.
    const recorded = await (last
      ? transactions.run(decide, write)
      : transactions.run(async () => write(await decide())));
    this.commits += recorded.run.commits.length - this.run.commits.length;
    this.current = { state: recorded.state, run: recorded.run };
    this.ending = recorded.ending;
    this.heldUntil = begun + leaseMs;
  }

  /** `open` are the org's runs where this one is to end. @throws RunOver */
  private async outcome(recording: Checkpoint, open: readonly Run[] | null): Promise<Outcome> {
    if (open?.every(({ id }) => id !== this.run.id)) throw new RunOver();
    const worked = after(this.current, recording);
    const ending = open && (await this.deps.ending({ target: this.target, ...worked }, open));
    const patch = { ...recording.state, ...ending?.state };
    return { ...(ending ? after(worked, ending) : worked), ending, patch };
  }

  private async write(outcome: Outcome): Promise<Outcome> {
    const { states, runs } = this.deps;
    const { run, ending, patch } = outcome;
    await allSettledOrThrow(
      ending ? states.release(this.lease, patch) : states.save(this.org, patch),
      runs.save(run),
    );
    return outcome;
  }

  /** For what no transaction can fence: a process that stood still since its last record may have lost the lease. @throws LeaseLost */
  requireFreshLease(): void {
    if (this.deps.clock.now().getTime() >= this.heldUntil) throw new LeaseLost();
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

function after({ state, run }: Progress, recording: Checkpoint): Progress {
  return { state: { ...state, ...recording.state }, run: recording.run?.(run) ?? run };
}
