import type { OrgId } from '@app/kernel';
import type { CallPriority } from '../../gitlab-connector.port';

/** Identifies the payer of a call: one org, for a waiting person or for its sync. */
export interface Payer {
  readonly org: OrgId;
  readonly priority: CallPriority;
}

/** Counts the calls to each GitLab host and decides whose call goes next. */
export abstract class CallBudget {
  /**
   * Counts a call and returns 0. If the call has to wait, counts nothing and returns the milliseconds until the next
   * try.
   */
  abstract take(host: string, payer: Payer): Promise<number>;
}

/**
 * Schedules a host's calls, one each `intervalMs`. The schedule may run ahead of time by `depthMs`, less the time
 * that the org's own recent calls take. An org with many calls waits earlier, which leaves room for others.
 */
export interface BudgetRule {
  readonly intervalMs: number;
  readonly depthMs: number;
}

/** An org's calls are forgotten exponentially: after this time a third of them still counts. */
export const FORGET_MS = 6_000;

const DEPTH_MS = 12_000;
/** The part of the budget that is reserved for people's calls. */
const KEPT_FOR_PEOPLE = 1 / 5;

/** Returns the requests per minute that a host is to get. */
export type CallsPerMinute = (host: string) => number;

/** Keeps below gitlab.com's limit for all traffic of one address (docs/gitlab-api.md#throttling-and-outages). */
const TO_GITLAB_COM = 1_500;
/** Other instances limit requests only if their administrators say so, and then their answers do. */
const TO_OTHERS = 12_000;

export const defaultCallsPerMinute: CallsPerMinute = (host) =>
  host === 'gitlab.com' ? TO_GITLAB_COM : TO_OTHERS;

export function rulesOf(callsPerMinute: number): Record<CallPriority, BudgetRule> {
  const intervalMs = 60_000 / callsPerMinute;
  return {
    sync: { intervalMs, depthMs: DEPTH_MS * (1 - KEPT_FOR_PEOPLE) },
    interactive: { intervalMs: intervalMs / KEPT_FOR_PEOPLE, depthMs: DEPTH_MS },
  };
}
