import { undraftedMessage, type CommitRequest } from '@app/gitlab';
import { withReviewed, type Cycle } from '../../domain/proposal';
import type { SyncState } from '../../domain/sync-state';
import type { StatePatch } from '../ports/sync-states.port';

/** The part of an org's state that belongs to one of its branches, so that one code syncs with either. */
export interface BranchView {
  /** Returns the branch; null for the target's. */
  branch(state: SyncState): string | null;
  state(state: SyncState): SyncState;
  /** Translates a patch of that state to one of the org's. */
  patch(state: SyncState, patch: StatePatch): StatePatch;
  /** Returns the request as this branch needs it. */
  request(state: SyncState, request: CommitRequest): CommitRequest;
  taken(state: SyncState, revision: number): StatePatch;
  /** True if proposals land here. */
  readonly receives: boolean;
}

/** The configured branch. A commit in flight to a work branch is none of its own. */
export const onTarget: BranchView = {
  branch: () => null,
  state: (state) => (state.inFlight?.branch === undefined ? state : { ...state, inFlight: null }),
  patch: (_, patch) => patch,
  request: (_, request) => request,
  taken: () => ({}),
  receives: true,
};

/** The work branch: its head is the base commit, and it has neither questions nor rules of its own. */
export const onWorkBranch: BranchView = {
  branch: (state) => cycleOf(state).branch,
  state: (state) => {
    const { branch, head, compareAllAt } = cycleOf(state);
    const inFlight = state.inFlight?.branch === branch ? state.inFlight : null;
    return { ...state, baseCommit: head, compareAllAt, inFlight };
  },
  patch: (state, { baseCommit, compareAllAt, lfsRules: _, question: __, inFlight, proposal, ...patch }) => {
    const current = proposal ?? state.proposal!;
    const cycle = cycleOf(state);
    return {
      ...patch,
      proposal: {
        ...current,
        cycle: {
          ...cycle,
          ...(baseCommit && { head: baseCommit, exists: true }),
          ...(inFlight && !cycle.exists && !baseCommit && { first: inFlight.id }),
          ...(compareAllAt !== undefined && { compareAllAt }),
        },
      },
      ...(inFlight !== undefined && { inFlight: inFlight && { ...inFlight, branch: cycle.branch } }),
    };
  },
  request: (state, { message, ...request }) => {
    const { exists, start } = cycleOf(state);
    const quiet = { ...request, message: undraftedMessage(message) };
    return exists ? quiet : { ...quiet, start: { commit: start } };
  },
  taken: ({ proposal }, revision) => ({ proposal: withReviewed(proposal!, revision) }),
  receives: false,
};

function cycleOf({ proposal }: SyncState): Cycle {
  if (!proposal?.cycle) throw new Error('there is no work branch');
  return proposal.cycle;
}
