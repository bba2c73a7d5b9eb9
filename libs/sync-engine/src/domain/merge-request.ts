/** The state of the org's merge request, as last seen. `retargeted`: somebody chose another target branch. */
export type MergeRequestState = 'opened' | 'merged' | 'closed' | 'branch_deleted' | 'retargeted';

export interface MergeRequestStatus {
  readonly iid: number;
  readonly webUrl: string;
  readonly state: MergeRequestState;
  readonly title: string;
  /** Number of files that it would change. */
  readonly changes: number;
  /** True if GitLab found that the branches conflict. */
  readonly conflict: boolean;
  readonly updatedAt: Date;
  /** True if Dot opened it. */
  readonly ours: boolean;
  /** The work branch. */
  readonly branch: string;
  /** Digest of the title and description that Dot wrote last; null if it wrote none. */
  readonly written: string | null;
}

/** Checks whether GitLab still has it open, be it for another branch. */
export const isOpen = ({ state }: Pick<MergeRequestStatus, 'state'>): boolean =>
  state === 'opened' || state === 'retargeted';
