import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';

export const THROTTLE = 'throttle_authenticated_api';
const MINUTE_MS = 60_000;

/** How much of a token's allowance is used, as of one request. */
export interface Allowance {
  readonly limit: number;
  readonly observed: number;
  readonly reset: Date;
}

/** Counts the requests of each token, minute by minute, as gitlab.com does. */
export class Throttle {
  private minute = 0;
  private readonly counts = new Map<string, number>();

  constructor(private readonly instance: FakeGitLabInstance) {}

  count(token: string): Allowance {
    this.turnTo(Math.floor(this.now / MINUTE_MS));
    const observed = (this.counts.get(token) ?? 0) + 1;
    this.counts.set(token, observed);
    return {
      limit: this.instance.settings.requestsPerMinute,
      observed,
      reset: new Date((this.minute + 1) * MINUTE_MS),
    };
  }

  /** Returns what gitlab.com adds to nearly every answer. It named a time a minute ahead, as a date too, before it named its throttle. */
  headersFor(allowance: Allowance): Record<string, string> {
    if (this.instance.features.has('rate-limit-name'))
      return { ...allowanceHeaders(allowance), 'ratelimit-name': THROTTLE };
    const reset = new Date(this.now + MINUTE_MS);
    return { ...allowanceHeaders({ ...allowance, reset }), 'ratelimit-resettime': reset.toUTCString() };
  }

  /** Whole seconds until the count begins again. */
  secondsUntil({ reset }: Allowance): number {
    return Math.ceil((reset.getTime() - this.now) / 1000);
  }

  private get now(): number {
    return this.instance.clock.now().getTime();
  }

  private turnTo(minute: number): void {
    if (minute !== this.minute) this.counts.clear();
    this.minute = minute;
  }
}

export function allowanceHeaders({ limit, observed, reset }: Allowance): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-observed': String(observed),
    'ratelimit-remaining': String(Math.max(0, limit - observed)),
    'ratelimit-reset': String(Math.floor(reset.getTime() / 1000)),
  };
}
