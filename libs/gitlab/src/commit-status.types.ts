/** The final result of a check of a commit, as GitLab shows it beside the commit. */
export interface CommitStatus {
  readonly state: 'success' | 'failed';
  /** Identifies the check, e.g. `dot/context`. */
  readonly name: string;
  /** Shows the result in at most 255 characters. */
  readonly description: string;
  /** An http or https URL of at most 255 characters. */
  readonly targetUrl?: string;
}
