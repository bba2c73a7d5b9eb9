import type { OrgId } from '@app/kernel';
import type { Change } from '../domain/change';

/** Knows what of an org's history is still to be sent to Git; the host of this module provides it. */
export abstract class PendingHistory {
  /** Returns the pending changes in order, each with the versions to send. */
  abstract pending(org: OrgId): Promise<readonly Change[]>;
}
