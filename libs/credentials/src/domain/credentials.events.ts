import type { DomainEvent } from '@app/kernel';
import type { WarningDays } from './expiry';

/** A token was stored. */
export interface ConnectionChanged extends DomainEvent {
  readonly name: 'connection.changed.v1';
  readonly connectionId: string;
  readonly generation: string;
}

/** The token was checked again; `ok` if GitLab accepted it. */
export interface ConnectionChecked extends DomainEvent {
  readonly name: 'connection.checked.v1';
  readonly connectionId: string;
  readonly ok: boolean;
}

/** The token was destroyed. */
export interface ConnectionRemoved extends DomainEvent {
  readonly name: 'connection.removed.v1';
  readonly connectionId: string;
}

/** The token is about to expire. One process publishes this once for each of 14, 7 and 1 days before the end. */
export interface ConnectionExpiring extends DomainEvent {
  readonly name: 'connection.expiring.v1';
  readonly connectionId: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly days: WarningDays;
}

/** GitLab was asked for a successor of the token. */
export interface RotationEnded extends DomainEvent {
  readonly name: 'rotation.ended.v1';
  readonly connectionId: string;
  readonly instanceUrl: string;
  /** `ok`, the code of the error, or `token_lost` if a successor was made but never stored. */
  readonly result: string;
}
