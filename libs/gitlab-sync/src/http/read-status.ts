import { Injectable } from '@nestjs/common';
import { ContextStoreService } from '@app/context-store';
import { ConnectionView, CredentialsService, needsAttention } from '@app/credentials';
import { Clock, type OrgId } from '@app/kernel';
import { ProjectConfigService, ProjectView } from '@app/project-config';
import { SyncEngineService, type SyncHealth } from '@app/sync-engine';
import { WebhooksService, WebhookView } from '@app/webhooks';
import { SyncView, type OrgStatus } from './status.dto';

/** Reads how an org's sync stands. */
@Injectable()
export class ReadStatus {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly projects: ProjectConfigService,
    private readonly webhooks: WebhooksService,
    private readonly sync: SyncEngineService,
    private readonly context: ContextStoreService,
    private readonly clock: Clock,
  ) {}

  async execute(org: OrgId): Promise<OrgStatus> {
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
      connection: connection && ConnectionView.from(connection, now),
      project: target && ProjectView.from(target, await this.projects.warnings(target)),
      webhook: webhook && WebhookView.from(webhook),
      sync: SyncView.from(sync),
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
