import type { SyncTarget } from '../domain/sync-target';
import type { MergeRequestView } from './project.view';

export interface ProposalFact {
  /** The org's merge request as last seen; null if there is none. */
  readonly mergeRequest: MergeRequestView | null;
  /** What the present way of publishing does to changes that wait, in sentences for a person. */
  readonly warnings: readonly string[];
}

/** Knows what an org proposes to its target. */
export abstract class ProposalFacts {
  abstract of(target: SyncTarget): Promise<ProposalFact>;
}
