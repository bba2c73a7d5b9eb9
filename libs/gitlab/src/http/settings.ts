import type { Clock } from '@app/kernel';
import type { GitLabObserver } from './transport/observer';
import type { ScriptRunner } from './transport/redis-call-budget';

/** How this service may reach GitLab instances; the same for every org of a deployment. */
export interface GitLabHttpSettings {
  /** Time for one request, from sending it to the last byte of the answer; 30 seconds where absent. */
  readonly timeoutMs?: number;
  /** Hosts, addresses or CIDRs that may be private or spoken to without TLS. */
  readonly allowPrivate?: readonly string[];
  /** Hosts whose GitLab is served below a path, each as `host/path` or a URL. Other paths are cut off what a person enters. */
  readonly basePaths?: readonly string[];
  /** PEM file with certificate authorities to trust besides the public ones. */
  readonly caFile?: string;
  readonly httpsProxy?: string;
  /** Comma-separated hosts that are reached without the proxy, as in NO_PROXY. */
  readonly noProxy?: string;
  readonly limiter?: HostLimitSettings;
  readonly retries?: RetrySettings;
  /** Longest answer taken, after decompression, besides the limit of its route; 128 MiB if absent. */
  readonly maxAnswerBytes?: number;
  readonly clock?: Clock;
  /** Nobody where absent. */
  readonly observer?: GitLabObserver;
}

export interface HostLimitSettings {
  /** Requests per minute and host of all processes that share the store; 1,500 if absent. A burst adds a fifth at most. */
  readonly requestsPerMinute?: number;
  /** Requests under way per host and process, of people and of syncs each; 16 if absent. */
  readonly concurrency?: number;
  /** A connected ioredis client; without it each process counts for itself. */
  readonly redis?: ScriptRunner;
}

export interface RetrySettings {
  /** How often a read is repeated after a passing failure; 2 where absent. */
  readonly times?: number;
  /** Ceiling of the first pause, doubled with each repetition; 300 ms where absent. */
  readonly firstPauseMs?: number;
}
