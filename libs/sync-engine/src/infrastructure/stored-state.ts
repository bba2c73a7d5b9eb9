import type { OrgId } from '@app/kernel';
import type { StatePatch } from '../application/ports/sync-states.port';
import type { SyncState } from '../domain/sync-state';
import {
  blockedOf,
  errorOf,
  storedBlocked,
  storedError,
  type StoredBlocked,
  type StoredError,
} from './stored-error';
import { proposalOf, storedProposal, type StoredProposal } from './stored-proposal';
import { inFlightOf, storedInFlight, type StoredInFlight } from './stored-in-flight';

const COLUMNS = {
  targetId: 'target_id',
  directories: 'directories',
  baseCommit: 'base_commit',
  pushedRevision: 'pushed_revision',
  snapshotDue: 'shipment_due',
  inFlight: 'in_flight',
  blocked: 'blocked',
  question: 'question',
  failure: 'failure',
  failures: 'failures',
  nextAttemptAt: 'next_attempt_at',
  nextPollAt: 'next_poll_at',
  heldTries: 'held_tries',
  heldRetryAt: 'held_retry_at',
  inspectRetryAt: 'inspect_retry_at',
  webhookSeenAt: 'webhook_seen_at',
  lastSyncedAt: 'last_synced_at',
  compareAllAt: 'compare_all_at',
  lfsRules: 'lfs_rules',
  proposal: 'proposal',
  pushAfter: 'push_after',
} as const satisfies Record<keyof StatePatch, string>;

/** Columns of a state, named as its fields. */
export const STATE = Object.entries(COLUMNS)
  .map(([field, column]) => `${column} AS "${field}"`)
  .join(', ');

/** PostgreSQL returns bigint as text. */
export type StoredState = Omit<
  SyncState,
  'org' | 'pushedRevision' | 'inFlight' | 'blocked' | 'failure' | 'proposal'
> & {
  readonly proposal: StoredProposal | null;
  readonly inFlight: StoredInFlight | null;
  readonly pushedRevision: string;
  readonly blocked: StoredBlocked | null;
  readonly failure: StoredError | null;
};

/** Returns the stored state of an org as the domain has it. */
export function stateOf(
  org: OrgId,
  { pushedRevision, inFlight, blocked, failure, proposal, ...stored }: StoredState,
): SyncState {
  const read = {
    ...{ inFlight: inFlightOf(inFlight), blocked: blockedOf(blocked), failure: errorOf(failure) },
    proposal: proposalOf(proposal),
  };
  return { org, ...stored, pushedRevision: Number(pushedRevision), ...read };
}

/** Builds the columns to write for a state; its parameters are counted from `first`. */
export function written({ inFlight, blocked, failure, proposal, ...patch }: StatePatch, first: number) {
  const values = {
    ...patch,
    ...(inFlight !== undefined && { inFlight: storedInFlight(inFlight) }),
    ...(blocked !== undefined && { blocked: storedBlocked(blocked) }),
    ...(failure !== undefined && { failure: storedError(failure) }),
    ...(proposal !== undefined && { proposal: storedProposal(proposal) }),
  };
  return {
    assignments: Object.keys(values).map(
      (field, i) => `${COLUMNS[field as keyof StatePatch]} = $${first + i}`,
    ),
    values: Object.values(values),
  };
}
