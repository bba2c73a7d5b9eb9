import { Controller, Get, Sse, type MessageEvent } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import {
  ApiEventStream,
  ApiProblems,
  CurrentCaller,
  MembersAndOperators,
  NoStore,
  OrgParam,
  UntilClosed,
} from '@app/http';
import type { Caller, OrgId } from '@app/kernel';
import { StatusApi } from '../status/status.api';
import { StatusEvents } from './status-events';
import { StatusView, ViewerView } from './status.dto';

const ACCESS = { 401: ['unauthenticated'], 403: ['forbidden_org'] } as const;

@ApiTags('Status')
@ApiParam({ name: 'org', example: 'acme' })
@MembersAndOperators()
@Controller('orgs/:org/gitlab')
export class StatusController {
  constructor(
    private readonly status: StatusApi,
    private readonly events: StatusEvents,
  ) {}

  @Get()
  @NoStore()
  @ApiOperation({
    summary: 'Get the status of the sync',
    description: 'Holds no secret. `events` sends it again on every change.',
  })
  @ApiOkResponse({ type: StatusView })
  @ApiProblems(ACCESS)
  async readStatus(@OrgParam() org: OrgId, @CurrentCaller() caller: Caller): Promise<StatusView> {
    return { ...(await this.status.read(org)), viewer: ViewerView.from(caller) };
  }

  @Sse('events')
  @ApiOperation({
    summary: 'Follow the status',
    description:
      'Server-Sent Events: `status` immediately and on every change in any process; the data is the status. The stream ends with ' +
      'the token. A comment every 25 s keeps it open. A caller may hold 10 open and an organisation 50, in each process.',
  })
  @ApiEventStream('event: status\nid: 1\ndata: {"state":"configured","health":"ok"}\n\n')
  @ApiProblems({ ...ACCESS, 429: ['too_many_streams'] })
  followStatus(
    @OrgParam() org: OrgId,
    @CurrentCaller() caller: Caller,
    @UntilClosed() over: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    return this.events.of(org, caller, over);
  }
}
