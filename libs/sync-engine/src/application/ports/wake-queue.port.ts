import type { OrgId } from '@app/kernel';

/** Milliseconds until the org should wake again; null if no work is known to wait. */
export type NextWake = number | null;

/** One turn at an org that rang. */
export type WakeHandler = (org: OrgId) => Promise<NextWake>;

/** Says "this org has work", with no data in it. Losing, repeating or reordering rings changes nothing but the delay. */
export abstract class WakeQueue {
  /** Never fails: a ring that is lost is made good by the sweeper. */
  abstract wake(org: OrgId, delayMs?: number): void;
  /** Calls `handler` for the orgs that rang, orgs in turn, each one at a time in this process; rings again as it answers. */
  abstract consume(concurrency: number, handler: WakeHandler): void;
  /** Takes no new work; resolves when the current work has ended. */
  abstract close(): Promise<void>;
}
