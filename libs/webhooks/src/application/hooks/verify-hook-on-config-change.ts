import { Injectable } from '@nestjs/common';
import { EventBus, EventSubscriber, type DomainEvent } from '@app/kernel';
import { CheckHook } from './check-hook';

/**
 * Events that trigger an immediate check: a new token or project, other branches, or a branch that moved without a
 * delivery.
 */
const CHANGES = [
  'connection.changed.v1',
  'connection.removed.v1',
  'target.changed.v1',
  'target.removed.v1',
  'webhook.silent.v1',
] as const;

@Injectable()
export class VerifyHookOnConfigChange extends EventSubscriber {
  constructor(
    private readonly events: EventBus,
    private readonly checkHook: CheckHook,
  ) {
    super();
  }

  protected subscribe(): readonly (() => void)[] {
    const verify = async (event: DomainEvent & { readonly what?: string }) => {
      if (event.what !== 'scope') await this.checkHook.execute(event.org);
    };
    return CHANGES.map((name) => this.events.on(name, verify));
  }
}
