import type { Clock } from '@app/kernel';
import type { OutboundSettings } from '@app/outbound';
import type { GitLabObserver } from './transport/observer';
import type { ScriptRunner } from './transport/redis-call-budget';

/** Configures how this service reaches GitLab instances, for all orgs of a deployment. */
export interface GitLabHttpSettings extends OutboundSettings {
  /** Time for one request, from sending it to the last byte of the answer; defaults to 30 seconds. */
  readonly timeoutMs?: number;
  /**
   * Hosts that serve GitLab below a path, each as `host/path` or a URL. Any other path is cut off a URL that a person
   * enters.
   */
  readonly basePaths?: readonly string[];
  readonly limiter?: HostLimitSettings;
  readonly retries?: RetrySettings;
  /** Longest answer that is read, after decompression, besides the limit of its route; defaults to 128 MiB. */
  readonly maxAnswerBytes?: number;
  readonly clock?: Clock;
  /** No observer if absent. */
  readonly observer?: GitLabObserver;
}

/** Limits for the requests to one GitLab host. */
export interface HostLimitSettings {
  /**
   * Requests per minute and host of all processes that share the store; defaults to 1,500 for gitlab.com and to 12,000
   * for any other host. A burst adds at most a fifth.
   */
  readonly requestsPerMinute?: number;
  /** Concurrent requests per host and process, for people and for syncs each; defaults to 16. */
  readonly concurrency?: number;
  /** A connected ioredis client. Without it, each process counts its own calls. */
  readonly redis?: ScriptRunner;
}

/** Says how often a read is repeated after a transient failure. */
export interface RetrySettings {
  /** Retries of a read after a transient failure; defaults to 2. */
  readonly times?: number;
  /** Upper limit of the first pause, doubled for each retry; defaults to 300 ms. */
  readonly firstPauseMs?: number;
}
