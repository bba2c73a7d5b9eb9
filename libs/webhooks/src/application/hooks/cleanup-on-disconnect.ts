import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CredentialsService } from '@app/credentials';
import { EndpointChanges } from './endpoint-changes';

/**
 * Destroys the webhook's keys when a connection ends, by a disconnect or by a move to another instance. Later
 * deliveries find no endpoint. The token's last call deletes the hook that this service registered.
 */
@Injectable()
export class CleanupOnDisconnect implements OnModuleInit {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly changes: EndpointChanges,
  ) {}

  onModuleInit(): void {
    this.credentials.onDisconnect(async ({ id, org }) => {
      const hook = (await this.changes.remove(org))?.hook;
      if (hook?.connectionId !== id) return null;
      return (gitlab) => gitlab.deleteHook(hook.projectId, hook.hookId);
    });
  }
}
