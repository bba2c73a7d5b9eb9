import type { Project, User } from '../model';

export type MergeRequestState = 'opened' | 'closed' | 'merged' | 'locked';

/** GitLab's own states of the check. The API shows some of them under another name. */
export type MergeStatus =
  | 'preparing'
  | 'unchecked'
  | 'checking'
  | 'can_be_merged'
  | 'cannot_be_merged'
  | 'cannot_be_merged_recheck'
  | 'cannot_be_merged_rechecking';

/** The difference as computed last. A job renews it after pushes. */
export interface StoredDiff {
  readonly head: string;
  /** The merge base; null for histories without a common commit. */
  readonly base: string | null;
  /** Head of the target. */
  readonly start: string;
  /** Commits that the target lacks, oldest first. */
  readonly commits: readonly string[];
  readonly files: number;
}

export interface MergeRequest {
  readonly id: number;
  readonly iid: number;
  /** The target's project. */
  readonly project: Project;
  readonly sourceProject: Project;
  readonly source: string;
  readonly author: User;
  readonly createdAt: Date;
  target: string;
  title: string;
  description: string;
  state: MergeRequestState;
  updatedAt: Date;
  preparedAt: Date | null;
  diff: StoredDiff | null;
  status: MergeStatus;
  /** The parts that a list shows, until the merge request changes. */
  listed: { readonly at: Date; readonly status: MergeStatus } | null;
  mergeError: string | null;
  squash: boolean;
  /** The choice of the merge request; null if its author made none. */
  forceRemoveSourceBranch: boolean | null;
  /** The choice of the person who merges. */
  shouldRemoveSourceBranch: boolean | null;
  mergedAt: Date | null;
  mergedBy: User | null;
  mergeCommit: string | null;
  squashCommit: string | null;
  closedAt: Date | null;
  closedBy: User | null;
  /** Quick actions that were executed, e.g. `/close`. */
  readonly executed: string[];
  /** Names that its texts mention, and thereby notify. */
  readonly mentioned: string[];
}

/** The reviewer's choice in the dialog. */
export interface MergeOptions {
  readonly squash?: boolean;
  readonly squashMessage?: string;
  readonly mergeMessage?: string;
  readonly removeSourceBranch?: boolean;
  /** Merges only if this is the head of the diff. */
  readonly sha?: string;
}

export const isDraft = (title: string): boolean => /^\s*(\[draft\]|\(draft\)|draft:)/i.test(title);

/** Returns whether a commit of this message turns an open merge request into a draft. */
export function makesDraft(message: string): boolean {
  const title = message.split('\n')[0];
  return isDraft(title) || /(fixup|squash)! /.test(title);
}
