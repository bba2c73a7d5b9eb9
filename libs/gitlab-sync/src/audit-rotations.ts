import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { RotationEnded } from '@app/credentials';
import { AuditLog } from '@app/http';
import { Clock, EventBus } from '@app/kernel';

const OURSELVES = { subject: 'dot-gitlab-sync', name: 'Dot GitLab Sync', role: 'service' } as const;

/** A token that renews itself is an administrative act too, though nobody is there who asks for it. */
@Injectable()
export class AuditRotations implements OnModuleInit, OnModuleDestroy {
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly events: EventBus,
    private readonly log: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.events.on<RotationEnded>('rotation.ended.v1', ({ org, instanceUrl, result }) =>
      this.log.add({
        id: randomUUID(),
        ...{ org, actor: OURSELVES, at: this.clock.now(), action: 'connection.renew', target: instanceUrl },
        ...{ from: '-', result },
      }),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }
}
