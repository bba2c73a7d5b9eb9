/** Told of what goes on between this service and GitLab, for metrics; holds no path, text or token. */
export interface GitLabObserver {
  /** One request got an answer, or none: then `status` is null. */
  answered(request: {
    readonly method: string;
    /** The path with its values left out. */
    readonly route: string;
    readonly status: number | null;
    readonly ms: number;
  }): void;
  /** How long a request waited for its turn, for the sake of rate limits. */
  waited(ms: number): void;
}

export const NOBODY: GitLabObserver = { answered: () => undefined, waited: () => undefined };

/** Everything between slashes that is GitLab's word and not a value. */
const WORDS = new Set(
  (
    'api v4 graphql projects repository branches commits compare files raw tree archive blobs hooks test ' +
    'push_events user personal_access_tokens self'
  ).split(' '),
);

/** Few, whatever is asked for: metrics keep one series for each. */
export function routeOf(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .split('/')
    .map((part) => (part === '' || WORDS.has(part) ? part : ':value'))
    .join('/');
}
