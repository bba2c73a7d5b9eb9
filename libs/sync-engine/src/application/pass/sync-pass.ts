import type { Change } from '@app/context-store';
import type { CommitRequest, GitLab, Repo } from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { Proposal } from '../../domain/proposal';
import type { Run } from '../../domain/run';
import { SyncPolicy } from '../../domain/sync-policy';
import { comparedAs, type InFlight, type SyncState } from '../../domain/sync-state';
import type { Lease, StatePatch } from '../ports/sync-states.port';
import type { Checkpoint, PassRecord } from './pass-record';
import { onTarget, type BranchView } from './branch-view';

export type { Checkpoint } from './pass-record';

/** One bounded pass at one org's run: holds the lease, knows the sync's state, and records every step. */
export class SyncPass {
  readonly policy: SyncPolicy;

  constructor(
    private readonly record: PassRecord,
    readonly target: SyncTarget,
    readonly gitlab: GitLab,
    private readonly view: BranchView = onTarget,
  ) {
    this.policy = new SyncPolicy(target);
  }

  /** Returns the same pass, as it is seen from another branch. */
  on(view: BranchView): SyncPass {
    return new SyncPass(this.record, this.target, this.gitlab, view);
  }

  get lease(): Lease {
    return this.record.lease;
  }

  get org(): OrgId {
    return this.lease.org;
  }

  /** The state of the sync with this pass's branch. */
  get state(): SyncState {
    return this.view.state(this.record.state);
  }

  get run(): Run {
    return this.record.run;
  }

  get repo(): Repo {
    const { projectId, pathWithNamespace, branch } = this.target;
    return { projectId, pathWithNamespace, branch: this.view.branch(this.record.state) ?? branch };
  }

  get compared(): boolean {
    return comparedAs(this.state, this.target.scope);
  }

  /** The proposal to this branch; null if none can land here. */
  get proposal(): Proposal | null {
    return this.view.receives ? this.record.state.proposal : null;
  }

  /** True if this is a work branch, and its first commit has yet to create it. */
  get createsBranch(): boolean {
    return !this.view.receives && !this.record.state.proposal?.cycle?.exists;
  }

  /** True if this is the target's branch, and only a merge may change it. Its first commit is Dot's. */
  get isReserved(): boolean {
    return this.view.receives && this.target.publish === 'merge_request' && this.state.baseCommit !== null;
  }

  /** The commit that is in flight to another branch; null if there is none. */
  get sentElsewhere(): InFlight | null {
    return this.state.inFlight === null ? this.record.state.inFlight : null;
  }

  /** Time to let other orgs have their pass. */
  get budgetSpent(): boolean {
    return this.record.budgetSpentAfter(0);
  }

  /** The same once so many further commits are made. */
  budgetSpentAfter(commits: number): boolean {
    return this.record.budgetSpentAfter(commits);
  }

  /** The lease is given back. */
  get isClosed(): boolean {
    return this.record.closed;
  }

  /** Checks whether a push sends the change: it was made in Dot, or by a reviewer on a work branch. */
  sends({ origin, revision }: Pick<Change, 'origin' | 'revision'>): boolean {
    return origin !== 'gitlab' || (this.record.state.proposal?.reviewed.includes(revision) ?? false);
  }

  /** Returns the request of a commit as this pass's branch needs it: the first one creates a work branch. */
  requestFor(request: CommitRequest): CommitRequest {
    return this.view.request(this.record.state, request);
  }

  /** Returns the patch for a change that came from this pass's branch. */
  taken(change: Pick<Change, 'revision'> | null): StatePatch {
    return change ? this.view.taken(this.record.state, change.revision) : {};
  }

  /**
   * Records a step in one transaction under the lease: all of it or nothing. `work` writes the rest, and returns the
   * changes to the state and the run.
   * @throws LeaseLost, RunOver
   */
  checkpoint(work: () => Promise<Checkpoint> | Checkpoint): Promise<void> {
    return this.record.write(() => this.seen(work));
  }

  /** Records the last checkpoint, and gives the lease back with it. @throws LeaseLost, RunOver */
  close(work: () => Promise<Checkpoint> | Checkpoint): Promise<void> {
    return this.record.write(() => this.seen(work), true);
  }

  /**
   * Checks the lease before an effect that no transaction can fence. A process that paused since its last record may
   * have lost it.
   * @throws LeaseLost
   */
  requireFreshLease(): void {
    this.record.requireFreshLease();
  }

  /** Adds to the expected work; stored with the next checkpoint. */
  expect(more: number): void {
    const { done } = this.run.progress;
    this.record.run = { ...this.run, progress: { done, total: done + more } };
  }

  /** Counts a request to GitLab; stored with the next checkpoint. */
  noteCall(): void {
    this.record.run = { ...this.run, apiCalls: this.run.apiCalls + 1 };
  }

  private async seen(work: () => Promise<Checkpoint> | Checkpoint): Promise<Checkpoint> {
    const checkpoint = await work();
    if (!checkpoint.state) return checkpoint;
    return { ...checkpoint, state: this.view.patch(this.record.state, checkpoint.state) };
  }
}
