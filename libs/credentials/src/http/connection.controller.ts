import { Body, Controller, Delete, HttpCode, Patch, Post, Put } from '@nestjs/common';
import {
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiProblems,
  CurrentActor,
  JsonBody,
  NEW_TOKEN_PROBLEMS,
  NoStore,
  OrgParam,
  ValidationFailed,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { ConnectionApi } from '../application/connection.api';
import { CheckedConnectionView, ConnectBody, ConnectionChangeBody, ConnectionView } from './connection.dto';

@ApiTags('Connection')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/connection')
export class ConnectionController {
  constructor(private readonly connections: ConnectionApi) {}

  @Put()
  @NoStore()
  @Action('connection.connect')
  @JsonBody()
  @ApiOperation({
    summary: 'Connect with a GitLab token',
    description:
      'The token is checked with GitLab first; a token that GitLab refuses changes nothing. Reconnecting rotates the webhook secret. ' +
      '`instance_not_gitlab` names the path of the URL that was left out, and how to keep it.',
  })
  @ApiBody({
    type: ConnectBody,
    examples: {
      gitlabCom: { summary: 'gitlab.com', value: { token: 'glpat-…' } },
      selfHosted: {
        summary: 'Self-hosted GitLab',
        value: { token: 'glpat-…', instanceUrl: 'https://gitlab.your-company.com' },
      },
    },
  })
  @ApiOkResponse({ type: ConnectionView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    ...NEW_TOKEN_PROBLEMS,
  })
  connect(
    @OrgParam() org: OrgId,
    @CurrentActor() by: Actor,
    @Body() body: ConnectBody,
  ): Promise<ConnectionView> {
    return this.connections.connect(org, body, by);
  }

  @Patch()
  @NoStore()
  @Action('connection.change')
  @JsonBody()
  @ApiOperation({
    summary: 'Replace the token, or let it renew itself',
    description:
      'A new token of the same user takes the place of the stored one; the webhook secret stays, so that a webhook made by hand continues to work. ' +
      'With `selfRotation`, Dot asks GitLab for a new token some days before the present one expires. It has the same rights and lifetime, ' +
      'and the former one stops working.',
  })
  @ApiBody({
    type: ConnectionChangeBody,
    examples: {
      token: { summary: 'A new token', value: { token: 'glpat-…' } },
      selfRotation: { summary: 'Let the token renew itself', value: { selfRotation: true } },
    },
  })
  @ApiOkResponse({ type: ConnectionView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    409: ['not_connected', 'token_of_another_user'],
    ...NEW_TOKEN_PROBLEMS,
  })
  changeConnection(
    @OrgParam() org: OrgId,
    @CurrentActor() by: Actor,
    @Body() change: ConnectionChangeBody,
  ): Promise<ConnectionView> {
    if (change.token === undefined && change.selfRotation === undefined)
      throw new ValidationFailed([{ field: 'token', detail: 'give it, or selfRotation, or both' }]);
    return this.connections.replaceToken(org, change, by);
  }

  @Post('check')
  @NoStore()
  @Action('connection.check')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Check the token again',
    description:
      'Returns 200 with the findings, whether or not GitLab still accepts the token. Once a project is configured, the check ' +
      '`webhook` compares the hook on GitLab with the desired one: registered, enabled, its URL and secret, and its deliveries.',
  })
  @ApiOkResponse({ type: CheckedConnectionView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    409: ['not_connected'],
    422: ['secret_unreadable'],
    503: ['rate_limited', 'vault_key_unknown'],
  })
  checkConnection(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<CheckedConnectionView> {
    return this.connections.checkConnection(org, by);
  }

  @Delete()
  @Action('connection.disconnect')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Disconnect',
    description:
      'Destroys the token and the webhook secret and stops the sync; the context is kept. Works even if the token is no longer valid. ' +
      'A registered webhook is then removed from GitLab, if the token and GitLab allow it.',
  })
  @ApiNoContentResponse({ description: 'Disconnected' })
  @ApiProblems({ ...ACCESS_PROBLEMS, 409: ['not_connected'] })
  disconnect(@OrgParam() org: OrgId, @CurrentActor() by: Actor): Promise<void> {
    return this.connections.disconnect(org, by);
  }
}
