import type { Call } from './calls';

export type Fault =
  | { readonly kind: 'latency'; readonly ms: number }
  /** `rack-attack` sends plain text and headers, `application` a JSON body and none (docs/gitlab-api.md#throttling-and-outages). */
  | {
      readonly kind: 'rate-limit';
      readonly style: 'rack-attack' | 'application';
      readonly retryAfterSeconds?: number;
    }
  /** `late` makes the effect first: the commit is there though the answer says otherwise (docs/gitlab-api.md#timeouts). */
  | {
      readonly kind: 'server-error';
      readonly status: 500 | 502 | 503 | 504;
      readonly body: 'json' | 'html';
      readonly late?: boolean;
      readonly retryAfterSeconds?: number;
    }
  | { readonly kind: 'reset' }
  /** The effect is made, then the connection breaks. */
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'slow-drip'; readonly bytes: number; readonly everyMs: number }
  | { readonly kind: 'truncated' }
  /** The answer is well-formed and lacks a part of itself: the one of that number, of as many as there are, or a path of a tree. */
  | { readonly kind: 'loses-part'; readonly part: number | string }
  /** Another push wins the race on the branch; nothing is written (docs/gitlab-api.md#compare-and-swap-of-the-head). */
  | { readonly kind: 'lost-race' }
  /** Refuses writes alone. */
  | { readonly kind: 'maintenance' };

export interface FaultRule {
  readonly fault: Fault;
  /** An operation, a route (`GET /projects/:id/repository/compare`), or several; absent: every call. */
  readonly on?: string | readonly string[];
  /** How often it strikes; 1 where absent. */
  readonly times?: number;
  /** Calls that match and are let through before the first strike. */
  readonly skip?: number;
}

/** Faults on demand, in the order they were asked for; each call meets at most one. */
export class Faults {
  private readonly rules: { rule: FaultRule; skip: number; left: number }[] = [];

  /** Answers how to take the rule back. */
  add(rule: FaultRule): () => void {
    const pending = { rule, skip: rule.skip ?? 0, left: rule.times ?? 1 };
    this.rules.push(pending);
    return () => void (pending.left = 0);
  }

  clear(): void {
    this.rules.length = 0;
  }

  /** How many strikes are still to come. */
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
