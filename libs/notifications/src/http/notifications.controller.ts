import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiProblems,
  CurrentActor,
  JsonBody,
  NoStore,
  OrgParam,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { NotificationsApi } from '../application/notifications.api';
import { NotificationsBody, NotificationsTestView, NotificationsView } from './notifications.dto';

const SEALED = { 422: ['secret_unreadable'], 503: ['vault_key_unknown'] } as const;

@ApiTags('Notifications')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/notifications')
export class NotificationsController {
  constructor(private readonly notifications: NotificationsApi) {}

  @Get()
  @NoStore()
  @ApiOperation({
    summary: 'Show where messages go, and how the last ones arrived',
    description: 'Holds no secret.',
  })
  @ApiOkResponse({ type: NotificationsView })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SEALED })
  readNotifications(@OrgParam() org: OrgId): Promise<NotificationsView> {
    return this.notifications.read(org);
  }

  @Put()
  @NoStore()
  @Action('notifications.change')
  @JsonBody()
  @ApiOperation({
    summary: 'Change where messages go',
    description:
      'An omitted channel stays, `null` removes one. Messages are sent only when the state changes: the sync needs a person or works ' +
      'again, the token expires, a conflict was decided, files are kept out or no longer, a merge request waits for review. At most ten an hour.',
  })
  @ApiBody({
    type: NotificationsBody,
    examples: {
      webhook: {
        summary: 'A signed webhook',
        value: {
          webhook: {
            url: 'https://example.com/hooks/dot',
            secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
          },
        },
      },
      slack: {
        summary: 'A channel of a chat',
        value: { slack: { url: 'https://hooks.slack.com/services/T000/B000/XXXX' } },
      },
      none: { summary: 'No messages', value: { webhook: null, slack: null, email: null } },
    },
  })
  @ApiOkResponse({ type: NotificationsView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'], 503: ['vault_key_unknown'] })
  changeNotifications(
    @OrgParam() org: OrgId,
    @CurrentActor() by: Actor,
    @Body() body: NotificationsBody,
  ): Promise<NotificationsView> {
    return this.notifications.change(org, body, by);
  }

  @Post('test')
  @NoStore()
  @Action('notifications.test')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send a test message through each channel',
    description: 'Waits for the results, and tries once. At most ten an hour.',
  })
  @ApiOkResponse({ type: NotificationsTestView })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SEALED, 429: ['too_many_requests'] })
  testNotifications(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<NotificationsTestView> {
    return this.notifications.test(org, by);
  }
}
