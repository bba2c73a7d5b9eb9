import type { OrgId } from '@app/kernel';

/** Milliseconds until the org should wake again; null if no work is known to wait. */
export type NextWake = number | null;

/** Runs one pass at a woken org. */
export type WakeHandler = (org: OrgId) => Promise<NextWake>;

/** Signals "this org has work", without data. Lost, repeated or reordered signals change only the delay. */
export abstract class WakeQueue {
  /** Never fails: the sweeper makes up for a lost signal. */
  abstract wake(org: OrgId, delayMs?: number): void;
  /** Calls `handler` for the woken orgs in order, never twice at the same time for one org; wakes again as it returns. */
  abstract consume(concurrency: number, handler: WakeHandler): void;
  /** Takes no new work; resolves when the current work has ended. */
  abstract close(): Promise<void>;
}
