import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Audited, CurrentAct, type Act } from '@app/audit';
import {
  ACCESS_PROBLEMS,
  AdminOnly,
  ApiProblems,
  GITLAB_PROBLEMS,
  NoStore,
  OrgParam,
  PageQuery,
} from '@app/http';
import type { OrgId } from '@app/kernel';
import { NotConfigured } from '@app/project-config';
import { Deliveries } from '../application/ports/deliveries.port';
import { ReadSecret } from '../application/read-secret';
import { RegisterHook } from '../application/hooks/register-hook';
import { RotateSecret } from '../application/secrets/rotate-secret';
import { ViewWebhook } from '../application/hooks/view-webhook';
import {
  DeliveriesView,
  DeliveryView,
  RegisteredWebhookView,
  RotatedWebhookView,
  WebhookSecretView,
  WebhookView,
} from './webhook.dto';

const SETUP_PROBLEMS = { ...ACCESS_PROBLEMS, 409: ['not_connected', 'not_configured'] } as const;

@ApiTags('Webhooks')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/webhook')
export class WebhookController {
  constructor(
    private readonly registerHook: RegisterHook,
    private readonly rotateSecret: RotateSecret,
    private readonly readSecret: ReadSecret,
    private readonly viewWebhook: ViewWebhook,
    private readonly deliveries: Deliveries,
  ) {}

  @Post('register')
  @NoStore()
  @Audited('webhook.register')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Register the webhook on GitLab',
    description:
      'Creates or repairs it: push events of the configured branch, the secret, TLS verification, and signing if GitLab supports it. ' +
      'Needs the Maintainer role; without it the response lists the steps to do by hand. Also sends a test event.',
  })
  @ApiOkResponse({ type: RegisteredWebhookView })
  @ApiProblems({
    ...SETUP_PROBLEMS,
    422: [...GITLAB_PROBLEMS[422], 'project_not_found', 'webhook_not_permitted', 'webhook_url_refused'],
    503: GITLAB_PROBLEMS[503],
  })
  async registerWebhook(@OrgParam() org: OrgId, @CurrentAct() act: Act): Promise<RegisteredWebhookView> {
    const test = await this.registerHook.execute(org, act, { priority: 'interactive' });
    return { ...(await this.view(org)), test };
  }

  @Post('rotate')
  @NoStore()
  @Audited('webhook.rotate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Make a new secret',
    description:
      'The old one is accepted for ten more minutes. A registered webhook receives the new one; edit a webhook that was made by hand.',
  })
  @ApiOkResponse({ type: RotatedWebhookView })
  @ApiProblems(SETUP_PROBLEMS)
  async rotateWebhookSecret(@OrgParam() org: OrgId, @CurrentAct() act: Act): Promise<RotatedWebhookView> {
    const { keys, handover } = await this.rotateSecret.execute(org, act);
    return { ...(await this.view(org)), ...WebhookSecretView.from(keys), handover };
  }

  @Get('secret')
  @NoStore()
  @Audited('webhook.secret')
  @ApiOperation({
    summary: 'Show the secret, for a webhook made by hand',
    description:
      'Each call is recorded in the audit log. Only this response and that of a rotation hold the secret.',
  })
  @ApiOkResponse({ type: WebhookSecretView })
  @ApiProblems({ ...SETUP_PROBLEMS, 422: ['secret_unreadable'], 503: ['vault_key_unknown'] })
  async readWebhookSecret(@OrgParam() org: OrgId, @CurrentAct() act: Act): Promise<WebhookSecretView> {
    return WebhookSecretView.from(await this.readSecret.execute(org, act));
  }

  @Get('deliveries')
  @ApiOperation({
    summary: 'List the last 50 deliveries, newest first',
    description: 'Includes the outcome of each: accepted, or ignored or refused with the reason.',
  })
  @ApiOkResponse({ type: DeliveriesView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  async listDeliveries(@OrgParam() org: OrgId, @Query() page: PageQuery): Promise<DeliveriesView> {
    const { items, nextCursor } = await this.deliveries.list(org, page);
    return { items: items.map((delivery) => DeliveryView.from(delivery)), nextCursor };
  }

  private async view(org: OrgId): Promise<WebhookView> {
    const status = await this.viewWebhook.execute(org);
    if (!status) throw new NotConfigured();
    return WebhookView.from(status);
  }
}
