/** What an administrator of the instance has set, and GitLab's own limits. */
export interface Settings {
  readonly defaultBranch: string;
  /** The first push protects the default branch: maintainers push, developers no more (docs/gitlab-api.md#empty-repository). */
  readonly protectDefaultBranch: boolean;
  /** Files a comparison lists at most; beyond it, rows are missing (docs/gitlab-api.md#compare). */
  readonly compareFiles: number;
  readonly compareLines: number;
  readonly patchBytes: number;
  readonly maxHooks: number;
  readonly commitBodyBytes: number;
  /** From this size on a commit's body is throttled: 3 in 30 seconds for each user. */
  readonly largeCommitBytes: number;
  readonly graphqlBlobBytes: number;
  readonly graphqlComplexity: number;
  readonly graphqlPageSize: number;
  /** How far off the end of a token may be. */
  readonly longestTokenDays: number;
  /** What each token may ask of the API in a minute. */
  readonly requestsPerMinute: number;
  /** Whether a webhook may point there; GitLab refuses local addresses unless told otherwise. */
  readonly hookUrlAllowed: (url: string) => boolean;
}

export const defaultSettings: Settings = {
  defaultBranch: 'main',
  protectDefaultBranch: true,
  compareFiles: 1000,
  compareLines: 50_000,
  patchBytes: 200 * 1024,
  maxHooks: 100,
  commitBodyBytes: 300 * 1024 * 1024,
  largeCommitBytes: 20 * 1024 * 1024,
  graphqlBlobBytes: 20 * 1024 * 1024,
  graphqlComplexity: 250,
  graphqlPageSize: 100,
  longestTokenDays: 365,
  requestsPerMinute: 2000,
  hookUrlAllowed: (url) => /^https?:\/\/[^\s/]+/.test(url),
};
