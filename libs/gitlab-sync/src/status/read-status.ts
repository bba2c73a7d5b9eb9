import { Injectable } from '@nestjs/common';
import { ContextStoreService } from '@app/context-store';
import { connectionView, CredentialsService, needsAttention } from '@app/credentials';
import { Clock, type OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { SyncEngineService, type SyncHealth } from '@app/sync-engine';
import { WebhookApi } from '@app/webhooks';
import { syncView, type StatusView } from './status.view';

/** Reads how an org's sync stands. */
@Injectable()
export class ReadStatus {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly projects: ProjectConfigService,
    private readonly webhooks: WebhookApi,
    private readonly sync: SyncEngineService,
    private readonly context: ContextStoreService,
    private readonly clock: Clock,
  ) {}

  async execute(org: OrgId): Promise<StatusView> {
    const [connection, target, webhook, sync, quota] = await Promise.all([
      this.credentials.connection(org),
      this.projects.target(org),
      this.webhooks.view(org),
      this.sync.status(org),
      this.context.quota(org),
    ]);
    const now = this.clock.now();
    return {
      state: target ? 'configured' : connection ? 'connected' : 'disconnected',
      health: connection && needsAttention(connection, now) ? withAttention(sync.health) : sync.health,
      connection: connection && connectionView(connection, now),
      project: target && (await this.projects.view(target)),
      webhook,
      sync: syncView(sync),
      files: sync.files,
      oldestPendingAt: sync.oldestPendingAt?.toISOString() ?? null,
      pollSeconds: sync.pollSeconds,
      quota,
    };
  }
}

/** A person has to act, even though the sync still works. */
function withAttention(health: SyncHealth): SyncHealth {
  return health === 'ok' ? 'attention' : health;
}
