import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus, type DomainEvent } from '@app/kernel';
import { CheckHook } from './check-hook';

/**
 * Events that trigger an immediate check: a new token, project or branch, or a branch that moved without a delivery.
 */
const CHANGES = [
  'connection.changed.v1',
  'connection.removed.v1',
  'target.changed.v1',
  'target.removed.v1',
  'webhook.silent.v1',
] as const;

@Injectable()
export class VerifyHookOnConfigChange implements OnModuleInit, OnModuleDestroy {
  private stop: readonly (() => void)[] = [];

  constructor(
    private readonly events: EventBus,
    private readonly checkHook: CheckHook,
  ) {}

  onModuleInit(): void {
    const verify = async (event: DomainEvent & { readonly what?: string }) => {
      if (event.what === undefined || event.what === 'target') await this.checkHook.execute(event.org);
    };
    this.stop = CHANGES.map((name) => this.events.on(name, verify));
  }

  onModuleDestroy(): void {
    for (const stop of this.stop) stop();
  }
}
