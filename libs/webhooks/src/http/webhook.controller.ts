import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Audited, CurrentAct, type Act } from '@app/audit';
import { AdminOnly, ApiProblems, NoStore, OrgParam, PageQuery } from '@app/http';
import type { OrgId } from '@app/kernel';
import { NotConfigured } from '@app/project-config';
import { Deliveries } from '../application/ports/deliveries.port';
import { RegisterHook } from '../application/hooks/register-hook';
import { RotateSecret } from '../application/secrets/rotate-secret';
import { ViewWebhook } from '../application/hooks/view-webhook';
import {
  DeliveriesView,
  DeliveryView,
  RegisteredWebhookView,
  RotatedWebhookView,
  WebhookView,
} from './webhook.dto';

const ACCESS_PROBLEMS = { 401: ['unauthenticated'], 403: ['forbidden_org', 'forbidden_role'] };
const SETUP_PROBLEMS = { ...ACCESS_PROBLEMS, 409: ['not_connected', 'not_configured'] };

@ApiTags('Webhooks')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/webhook')
export class WebhookController {
  constructor(
    private readonly registerHook: RegisterHook,
    private readonly rotateSecret: RotateSecret,
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
      'Makes or repairs it: push events of the configured branch, the secret, TLS verification, signing where GitLab can. ' +
      'Needs the Maintainer role; without it the answer tells what to do by hand. A test event is tried as well.',
  })
  @ApiOkResponse({ type: RegisteredWebhookView })
  @ApiProblems({
    ...SETUP_PROBLEMS,
    422: ['webhook_not_permitted', 'webhook_url_refused', 'token_rejected', 'instance_unreachable'],
    503: ['rate_limited', 'gitlab_unavailable', 'gitlab_answer_invalid'],
  })
  async register(@OrgParam() org: OrgId, @CurrentAct() act: Act): Promise<RegisteredWebhookView> {
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
      'The old one is accepted for ten minutes more. A registered webhook is given the new one; one made by hand has to be edited.',
  })
  @ApiOkResponse({ type: RotatedWebhookView })
  @ApiProblems(SETUP_PROBLEMS)
  async rotate(@OrgParam() org: OrgId, @CurrentAct() act: Act): Promise<RotatedWebhookView> {
    const handover = await this.rotateSecret.execute(org, act);
    return { ...(await this.view(org)), handover };
  }

  @Get('deliveries')
  @ApiOperation({ summary: 'The last 50 deliveries, newest first, and what became of each' })
  @ApiOkResponse({ type: DeliveriesView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  async list(@OrgParam() org: OrgId, @Query() page: PageQuery): Promise<DeliveriesView> {
    const { items, nextCursor } = await this.deliveries.list(org, page);
    return { items: items.map((delivery) => DeliveryView.from(delivery)), nextCursor };
  }

  private async view(org: OrgId): Promise<WebhookView> {
    const status = await this.viewWebhook.execute(org, { secret: true });
    if (!status) throw new NotConfigured();
    return WebhookView.from(status);
  }
}
