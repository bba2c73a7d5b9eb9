/** `locked` is a merge request that GitLab is merging just now. */
export type MergeRequestState = 'opened' | 'closed' | 'merged' | 'locked';

/** A merge request as lists show it. Lists lag behind in whether it can be merged, so that is left out here. */
export interface ListedMergeRequest {
  readonly iid: number;
  /** Built from the instance's URL and the project's path, never taken from an answer. */
  readonly webUrl: string;
  readonly state: MergeRequestState;
  readonly title: string;
  /** As GitLab stored it: without quick actions, `\r` and trailing white space (docs/gitlab-api.md#user-text). */
  readonly description: string;
  readonly source: string;
  readonly target: string;
  readonly draft: boolean;
  /** Head of the diff that GitLab computed last. It lags behind the source branch. Null if there is none yet. */
  readonly head: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: { readonly username: string; readonly name: string } | null;
  readonly mergedAt: Date | null;
  /** Null for a fast-forward merge (docs/gitlab-api.md#merging). */
  readonly mergeCommit: string | null;
  readonly squashCommit: string | null;
}

export interface MergeRequest extends ListedMergeRequest {
  /**
   * GitLab's `detailed_merge_status`, of which new versions know more values; `merge_status` before 15.6. GitLab works
   * it out in the background: `preparing`, `checking` and `unchecked` say nothing yet.
   */
  readonly mergeStatus: string;
  /** True only if the branches are known to conflict (docs/gitlab-api.md#mergeability). */
  readonly conflict: boolean;
  /** True if the branches differ in no file; null while GitLab has not computed the difference. */
  readonly empty: boolean | null;
}

export interface MergeRequestQuery {
  readonly source: string;
  /** Any target if absent. */
  readonly target?: string;
  /** Any state if absent. */
  readonly state?: MergeRequestState;
}

/** GitLab executes lines of the description that begin with a slash: pass only inert text (`inertBlock`). */
export interface NewMergeRequest {
  readonly source: string;
  readonly target: string;
  readonly title: string;
  readonly description: string;
  readonly removeSourceBranch: boolean;
  /** GitLab's own default for the API is false, whatever the project prefers. */
  readonly squash?: boolean;
}

export interface MergeRequestTexts {
  readonly title?: string;
  readonly description?: string;
}
