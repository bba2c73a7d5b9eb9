import type { ErrorCode, OrgId } from '@app/kernel';
import type { WaitingNotice } from '../../domain/compose';
import type { Notice } from '../../domain/notice';

/** A stop of an org's sync that was reported to its people. */
export interface Stop {
  /** The code of the error. */
  readonly code: ErrorCode;
  readonly since: Date;
}

/**
 * Stores the notices that were decided and are in no message yet, and the stops that were reported. Writes
 * join the caller's transaction: a notice is decided together with the change that it reports.
 */
export abstract class Notices {
  abstract add(notice: Notice, at: Date): Promise<void>;
  /** Notes a stop. Returns false if the same one is noted already. A stop of another code keeps its beginning. */
  abstract beginStop(org: OrgId, stop: Stop): Promise<boolean>;
  /** Returns the stop to one caller only; null if none is noted. */
  abstract endStop(org: OrgId): Promise<Stop | null>;
  /** Returns the stops of all orgs, by org. */
  abstract stopsAfter(org: OrgId | null, limit: number): Promise<{ org: OrgId; stop: Stop }[]>;
  /** Returns the orgs with notices that are due. */
  abstract dueOrgs(now: Date, limit: number): Promise<OrgId[]>;
  /** Returns the notices of an org, oldest first. Others that lock the same org wait for the end of the transaction. */
  abstract lock(org: OrgId): Promise<WaitingNotice[]>;
  abstract remove(org: OrgId, positions: readonly string[]): Promise<void>;
  /** Makes the notices that are left due at another time. */
  abstract postpone(org: OrgId, until: Date): Promise<void>;
}
