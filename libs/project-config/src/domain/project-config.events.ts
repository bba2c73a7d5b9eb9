import type { DomainEvent } from '@app/kernel';
import type { TargetChange } from './sync-target';

/** An admin chose another project or changed its settings. */
export interface TargetChanged extends DomainEvent {
  readonly name: 'target.changed.v1';
  readonly targetId: string;
  readonly what: TargetChange;
}

/** An admin removed the project. The files on both sides stay. */
export interface TargetRemoved extends DomainEvent {
  readonly name: 'target.removed.v1';
  readonly targetId: string;
}
