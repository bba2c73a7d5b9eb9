import type { DomainEvent } from '@app/kernel';
import type { Origin } from './change';

/** Context files changed, by an edit in Dot or by a pull. */
export interface ContextChanged extends DomainEvent {
  readonly name: 'context.changed.v1';
  readonly revision: number;
  readonly origin: Origin;
  /** Files written, deleted or moved; both names of a move. */
  readonly paths: readonly string[];
}
