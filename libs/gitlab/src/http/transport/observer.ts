/** Observes requests to GitLab, for metrics. Receives no path, text or token. */
export interface GitLabObserver {
  /** Reports one request; `status` is null if no answer arrived. */
  answered(request: {
    readonly method: string;
    /** The path without its values. */
    readonly route: string;
    readonly status: number | null;
    readonly ms: number;
  }): void;
  /** Reports how long a request waited for its turn under the rate limits. */
  waited(ms: number): void;
}

export const NOBODY: GitLabObserver = { answered: () => undefined, waited: () => undefined };

/** Path segments that are part of GitLab's routes. All other segments are values. */
const WORDS = new Set(
  (
    'api v4 graphql projects repository branches commits compare files raw tree archive blobs hooks test ' +
    'push_events user personal_access_tokens self'
  ).split(' '),
);

/** Returns one of few routes: metrics keep one series for each. */
export function routeOf(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .split('/')
    .map((part) => (part === '' || WORDS.has(part) ? part : ':value'))
    .join('/');
}
