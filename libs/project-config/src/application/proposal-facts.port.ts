import type { SyncTarget } from '../domain/sync-target';
import type { MergeRequestView } from './project.view';

export interface ProposalFact {
  /** The org's merge request as last seen; null if there is none. */
  readonly mergeRequest: MergeRequestView | null;
  /** The effect of the next push on changes that wait, in sentences for a person. */
  readonly warnings: readonly string[];
}

/** Knows the proposal of an org. */
export abstract class ProposalFacts {
  abstract of(target: SyncTarget): Promise<ProposalFact>;
}
