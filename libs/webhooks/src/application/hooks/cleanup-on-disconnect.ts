import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CredentialsService } from '@app/credentials';
import { EndpointChanges } from './endpoint-changes';

/**
 * The end of a connection, by a disconnect or by a move to another instance, destroys the webhook's keys with the token; deliveries
 * then find no endpoint. The hook this service made goes as the last thing the token does.
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
