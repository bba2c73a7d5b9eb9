import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiProblems,
  CurrentActor,
  GITLAB_PROBLEMS,
  NoStore,
  OrgParam,
  PageQuery,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { WebhookApi } from '../application/webhook.api';
import { DeliveriesView, RegisteredWebhookView, RotatedWebhookView, WebhookSecretView } from './webhook.dto';

const SETUP_PROBLEMS = { ...ACCESS_PROBLEMS, 409: ['not_connected', 'not_configured'] } as const;

@ApiTags('Webhooks')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/webhook')
export class WebhookController {
  constructor(private readonly webhook: WebhookApi) {}

  @Post('register')
  @NoStore()
  @Action('webhook.register')
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
  registerWebhook(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<RegisteredWebhookView> {
    return this.webhook.register(org, by);
  }

  @Post('rotate')
  @NoStore()
  @Action('webhook.rotate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Make a new secret',
    description:
      'The old one is accepted for ten more minutes. A registered webhook receives the new one; edit a webhook that was made by hand.',
  })
  @ApiOkResponse({ type: RotatedWebhookView })
  @ApiProblems(SETUP_PROBLEMS)
  rotateWebhookSecret(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<RotatedWebhookView> {
    return this.webhook.rotate(org, by);
  }

  @Get('secret')
  @NoStore()
  @Action('webhook.secret')
  @ApiOperation({
    summary: 'Show the secret, for a webhook made by hand',
    description:
      'Each call is recorded in the audit log. Only this response and that of a rotation hold the secret.',
  })
  @ApiOkResponse({ type: WebhookSecretView })
  @ApiProblems({ ...SETUP_PROBLEMS, 422: ['secret_unreadable'], 503: ['vault_key_unknown'] })
  readWebhookSecret(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<WebhookSecretView> {
    return this.webhook.secret(org, by);
  }

  @Get('deliveries')
  @ApiOperation({
    summary: 'List the last 50 deliveries, newest first',
    description: 'Includes the outcome of each: accepted, or ignored or refused with the reason.',
  })
  @ApiOkResponse({ type: DeliveriesView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  listDeliveries(@OrgParam() org: OrgId, @Query() page: PageQuery): Promise<DeliveriesView> {
    return this.webhook.deliveries(org, page);
  }
}
