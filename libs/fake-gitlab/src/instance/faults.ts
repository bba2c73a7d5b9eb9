import type { Call } from './calls';

export type Fault =
  | { readonly kind: 'latency'; readonly ms: number }
  /**
   * `rack-attack` sends plain text and headers, `application` a JSON body without headers
   * (docs/gitlab-api.md#throttling-and-outages).
   */
  | {
      readonly kind: 'rate-limit';
      readonly style: 'rack-attack' | 'application';
      readonly retryAfterSeconds?: number;
    }
  /**
   * `late` applies the effect first: the commit exists although the response says otherwise
   * (docs/gitlab-api.md#timeouts).
   */
  | {
      readonly kind: 'server-error';
      readonly status: 500 | 502 | 503 | 504;
      readonly body: 'json' | 'html';
      readonly late?: boolean;
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: 'reset' }
  /** Applies the effect, then breaks the connection. */
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'slow-drip'; readonly bytes: number; readonly everyMs: number }
  | { readonly kind: 'truncated' }
  /**
   * Sends a well-formed response without one part: the part of that number, counted modulo their number, or a path of
   * a tree.
   */
  | { readonly kind: 'loses-part'; readonly part: number | string }
  /**
   * Lets another push win the race on the branch; nothing is written
   * (docs/gitlab-api.md#compare-and-swap-of-the-head).
   */
  | { readonly kind: 'lost-race' }
  /** Refuses only writes. */
  | { readonly kind: 'maintenance' };

export interface FaultRule {
  readonly fault: Fault;
  /** An operation, a route (`GET /projects/:id/repository/compare`), or several; every call if absent. */
  readonly on?: string | readonly string[];
  /** Number of strikes; defaults to 1. */
  readonly times?: number;
  /** Matching calls that pass before the first strike. */
  readonly skip?: number;
}

/** Injects faults in the order they were added. Each call meets at most one. */
export class Faults {
  private readonly rules: { rule: FaultRule; skip: number; left: number }[] = [];

  /** Adds a rule and returns a function that removes it. */
  add(rule: FaultRule): () => void {
    const pending = { rule, skip: rule.skip ?? 0, left: rule.times ?? 1 };
    this.rules.push(pending);
    return () => void (pending.left = 0);
  }

  clear(): void {
    this.rules.length = 0;
  }

  /** Returns the number of remaining strikes. */
  get pending(): number {
    return this.rules.reduce((sum, { left }) => sum + left, 0);
  }

  take(call: Call): Fault | undefined {
    for (const pending of this.rules) {
      if (pending.left <= 0 || !matches(pending.rule, call)) continue;
      if (pending.skip-- > 0) continue;
      pending.left--;
      return pending.rule.fault;
    }
    return undefined;
  }
}

function matches({ on, fault }: FaultRule, { operation, route, method }: Call): boolean {
  if (fault.kind === 'maintenance' && (method === 'GET' || method === 'HEAD')) return false;
  if (fault.kind === 'lost-race' && operation !== 'commit') return false;
  return on === undefined || [on].flat().some((name) => name === operation || name === route);
}
