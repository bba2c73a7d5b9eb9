import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ContextStoreService } from '@app/context-store';
import { ConnectionView, CredentialsService, needsAttention } from '@app/credentials';
import { ApiProblems, CurrentCaller, MembersAndOperators, NoStore, OrgParam, type Caller } from '@app/http';
import { Clock, type OrgId } from '@app/kernel';
import { ProjectConfigService, ProjectView } from '@app/project-config';
import { SyncEngineService, type SyncHealth } from '@app/sync-engine';
import { WebhooksService, WebhookView } from '@app/webhooks';
import { StatusView, SyncView } from './status.dto';

@ApiTags('Status')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/gitlab')
export class StatusController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly projects: ProjectConfigService,
    private readonly webhooks: WebhooksService,
    private readonly sync: SyncEngineService,
    private readonly context: ContextStoreService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @NoStore()
  @MembersAndOperators()
  @ApiOperation({ summary: 'Get the status of the sync', description: 'Only admins see the webhook secret.' })
  @ApiOkResponse({ type: StatusView })
  @ApiProblems({ 401: ['unauthenticated'], 403: ['forbidden_org'] })
  async status(@OrgParam() org: OrgId, @CurrentCaller() caller: Caller): Promise<StatusView> {
    const [connection, target, webhook, sync, quota] = await Promise.all([
      this.credentials.connection(org),
      this.projects.target(org),
      this.webhooks.view(org, { secret: caller.role === 'admin' }),
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
      quota,
    };
  }
}

/** Shows that a person must act, although the sync still works. */
function withAttention(health: SyncHealth): SyncHealth {
  return health === 'ok' ? 'attention' : health;
}
