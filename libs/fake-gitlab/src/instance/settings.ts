/** Settings of the instance's administrator, and GitLab's own limits. */
export interface Settings {
  readonly defaultBranch: string;
  /**
   * The first push protects the default branch: maintainers may push, developers may not
   * (docs/gitlab-api.md#empty-repository).
   */
  readonly protectDefaultBranch: boolean;
  /** Most files in a comparison; further rows are missing (docs/gitlab-api.md#compare). */
  readonly compareFiles: number;
  readonly compareLines: number;
  readonly patchBytes: number;
  readonly maxHooks: number;
  readonly commitBodyBytes: number;
  /** Commit bodies from this size on are throttled: 3 in 30 seconds for each user. */
  readonly largeCommitBytes: number;
  readonly graphqlBlobBytes: number;
  readonly graphqlComplexity: number;
  readonly graphqlPageSize: number;
  /** Longest lifetime of a token. */
  readonly longestTokenDays: number;
  /** Requests of each token to the API in a minute. */
  readonly requestsPerMinute: number;
  /** Decides whether a webhook may use the URL. GitLab refuses local addresses by default. */
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
