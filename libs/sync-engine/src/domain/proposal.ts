import { isOpen, type MergeRequestStatus } from './merge-request';

/** One work branch, from its first commit until its changes have landed or another branch follows. */
export interface Cycle {
  readonly branch: string;
  /** The target's commit that the branch starts from. */
  readonly start: string;
  /** Its head as last seen; equal to `start` until a commit of ours created the branch. */
  readonly head: string;
  readonly exists: boolean;
  /** Id of the commit that was to create the branch last; null before that. */
  readonly first: string | null;
  /** When the whole branch is compared again; null if nothing calls for it. */
  readonly compareAllAt: Date | null;
}

/** A work branch that another one follows, until its merge request is closed. */
export interface Superseded {
  readonly branch: string;
  readonly head: string;
  /** Its open merge request, if it is ours. */
  readonly iid: number | null;
}

/** A person's refusal of everything up to this revision. Nothing is proposed meanwhile. */
export interface Refusal {
  readonly how: 'closed' | 'branch_deleted';
  readonly revision: number;
}

/** The proposal of an org to its target. The entries of the work branch are stored separately (`ProposedEntries`). */
export interface Proposal {
  readonly cycle: Cycle | null;
  /** True if the next push has to begin another cycle. */
  readonly renew: boolean;
  /** Changes up to this revision are in the target, or superseded. */
  readonly landedRevision: number;
  /** Revisions of changes that others made on a work branch and that have not landed; they count as edits. */
  readonly reviewed: readonly number[];
  /** Null until a merge request of the org was seen. */
  readonly mergeRequest: MergeRequestStatus | null;
  readonly refusal: Refusal | null;
  readonly superseded: Superseded | null;
}

export const newProposal = (landedRevision: number): Proposal => ({
  ...{ cycle: null, renew: false, landedRevision, reviewed: [] },
  ...{ mergeRequest: null, refusal: null, superseded: null },
});

/** More changes of reviewers than this are proposed again in one commit. */
const MOST_REVIEWED = 1000;

/** Notes a change that came from the work branch. */
export const withReviewed = (proposal: Proposal, revision: number): Proposal => ({
  ...proposal,
  reviewed: [...proposal.reviewed, revision].slice(-MOST_REVIEWED),
});

/** Begins a cycle on a branch that does not exist yet. */
export const withCycle = (proposal: Proposal, branch: string, start: string): Proposal => ({
  ...proposal,
  cycle: { branch, start, head: start, exists: false, first: null, compareAllAt: null },
  renew: false,
  mergeRequest: null,
});

/** Ends the cycle: everything up to `revision` has landed. */
export const landed = (proposal: Proposal, revision: number): Proposal => ({
  ...proposal,
  ...{ cycle: null, renew: false, landedRevision: revision, reviewed: [], refusal: null },
});

/** Leaves the cycle with changes that have not landed. They are pushed again, each as its own commit. */
export function abandoned(proposal: Proposal): Proposal {
  const { cycle, mergeRequest } = proposal;
  const open = mergeRequest && isOpen(mergeRequest) && mergeRequest.ours ? mergeRequest.iid : null;
  const superseded = cycle?.exists ? { branch: cycle.branch, head: cycle.head, iid: open } : null;
  return { ...proposal, cycle: null, renew: false, superseded: superseded ?? proposal.superseded };
}
