import type { DomainEvent } from '@app/kernel';
import type { TargetChange } from './sync-target';

export interface TargetChanged extends DomainEvent {
  readonly name: 'target.changed.v1';
  readonly targetId: string;
  readonly what: TargetChange;
}

export interface TargetRemoved extends DomainEvent {
  readonly name: 'target.removed.v1';
  readonly targetId: string;
}
