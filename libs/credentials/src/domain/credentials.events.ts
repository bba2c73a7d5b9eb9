import type { DomainEvent } from '@app/kernel';

/** A token was stored. */
export interface ConnectionChanged extends DomainEvent {
  readonly name: 'connection.changed.v1';
  readonly connectionId: string;
  readonly generation: string;
}

/** The token was looked at again; `ok` where GitLab accepted it. */
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
