import { Body, Controller, Delete, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Audited, CurrentAct, type Act } from '@app/audit';
import { AdminOnly, ApiProblems, NoStore, OrgParam } from '@app/http';
import { Clock, type OrgId } from '@app/kernel';
import { CredentialsService } from '../application/credentials.service';
import { CheckedConnectionView, ConnectBody, ConnectionSettingsBody, ConnectionView } from './connection.dto';

const ACCESS_PROBLEMS = { 401: ['unauthenticated'], 403: ['forbidden_org', 'forbidden_role'] };

@ApiTags('Connection')
@ApiParam({ name: 'org', example: 'acme' })
@AdminOnly()
@Controller('orgs/:org/gitlab/connection')
export class ConnectionController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly clock: Clock,
  ) {}

  @Put()
  @NoStore()
  @Audited('connection.connect')
  @ApiOperation({
    summary: 'Connect with a GitLab token',
    description:
      'The token is checked with GitLab first; a token that GitLab refuses changes nothing. Reconnecting rotates the webhook secret. ' +
      '`instance_not_gitlab` names the path of the URL that was left out, and how to keep it.',
  })
  @ApiOkResponse({ type: ConnectionView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    422: [
      'token_rejected',
      'token_scope_missing',
      'instance_unreachable',
      'instance_not_gitlab',
      'instance_blocked',
    ],
    503: ['rate_limited', 'gitlab_unavailable', 'gitlab_answer_invalid'],
  })
  async connect(@OrgParam() org: OrgId, @CurrentAct() act: Act, @Body() body: ConnectBody) {
    return ConnectionView.from(await this.credentials.connect({ org, ...body }, act), this.clock.now());
  }

  @Patch()
  @NoStore()
  @Audited('connection.change')
  @ApiOperation({
    summary: 'Turn the self-renewal of the token on or off',
    description:
      'Some days before the token expires, GitLab is asked for a token with the same rights and lifetime; the old token stops working.',
  })
  @ApiOkResponse({ type: ConnectionView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'], 409: ['not_connected'] })
  async change(
    @OrgParam() org: OrgId,
    @CurrentAct() act: Act,
    @Body() { selfRotation }: ConnectionSettingsBody,
  ) {
    const connection = await this.credentials.setSelfRotation(org, selfRotation, act);
    return ConnectionView.from(connection, this.clock.now());
  }

  @Post('check')
  @NoStore()
  @Audited('connection.check')
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
  async check(@OrgParam() org: OrgId, @CurrentAct() act: Act) {
    return CheckedConnectionView.ofChecked(await this.credentials.check(org, act), this.clock.now());
  }

  @Delete()
  @Audited('connection.disconnect')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Disconnect',
    description:
      'Destroys the token and the webhook secret and stops the sync; the context is kept. Works with a dead token. ' +
      'A registered webhook is then removed from GitLab, if the token and GitLab allow it.',
  })
  @ApiNoContentResponse({ description: 'Disconnected' })
  @ApiProblems({ ...ACCESS_PROBLEMS, 409: ['not_connected'] })
  async disconnect(@OrgParam() org: OrgId, @CurrentAct() act: Act) {
    await this.credentials.disconnect(org, act);
  }
}
