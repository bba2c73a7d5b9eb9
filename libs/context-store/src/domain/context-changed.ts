import type { DomainEvent } from '@app/kernel';
import type { Origin } from './change';

export interface ContextChanged extends DomainEvent {
  readonly name: 'context.changed.v1';
  readonly revision: number;
  readonly origin: Origin;
  /** Files written, deleted or moved; both names of a move. */
  readonly paths: readonly string[];
}
