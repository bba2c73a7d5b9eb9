import { Injectable } from '@nestjs/common';
import { CredentialsService } from '@app/credentials';
import type { OrgId } from '@app/kernel';
import type { RegisteredHook } from '../../domain/webhook-endpoint';
import { catchDomainError } from './catch-domain-error';
import { EndpointChanges } from './endpoint-changes';

/**
 * Deletes the hook from GitLab if the current connection owns it, and forgets it in any case. A hook of an ended
 * connection was already deleted with that connection's token.
 */
@Injectable()
export class RemoveHook {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly changes: EndpointChanges,
  ) {}

  async execute(org: OrgId, { connectionId, projectId, hookId }: RegisteredHook): Promise<void> {
    await catchDomainError(async () => {
      const { connection, gitlab } = await this.credentials.open(org);
      if (connection.id === connectionId) await gitlab.deleteHook(projectId, hookId);
    });
    await this.changes.applyToExisting(org, (current) =>
      current.hook?.hookId === hookId ? current.withHook(null) : current,
    );
  }
}
