import type { Cycle, Proposal } from '../domain/proposal';
import type { MergeRequestStatus } from '../domain/merge-request';

type StoredCycle = Omit<Cycle, 'compareAllAt'> & { readonly compareAllAt: string | null };
type StoredMergeRequest = Omit<MergeRequestStatus, 'updatedAt'> & { readonly updatedAt: string };

/** JSON keeps times as text. */
export type StoredProposal = Omit<Proposal, 'cycle' | 'mergeRequest'> & {
  readonly cycle: StoredCycle | null;
  readonly mergeRequest: StoredMergeRequest | null;
};

export function storedProposal(proposal: Proposal | null): StoredProposal | null {
  if (!proposal) return null;
  const { cycle, mergeRequest } = proposal;
  return {
    ...proposal,
    cycle: cycle && { ...cycle, compareAllAt: cycle.compareAllAt?.toISOString() ?? null },
    mergeRequest: mergeRequest && { ...mergeRequest, updatedAt: mergeRequest.updatedAt.toISOString() },
  };
}

export function proposalOf(stored: StoredProposal | null): Proposal | null {
  if (!stored) return null;
  const { cycle, mergeRequest } = stored;
  return {
    ...stored,
    cycle: cycle && { ...cycle, compareAllAt: cycle.compareAllAt ? new Date(cycle.compareAllAt) : null },
    mergeRequest: mergeRequest && { ...mergeRequest, updatedAt: new Date(mergeRequest.updatedAt) },
  };
}
