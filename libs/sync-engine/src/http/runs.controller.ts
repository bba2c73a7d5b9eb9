import { Controller, Get, HttpCode, Param, Post, Query, Sse, type MessageEvent } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { map, type Observable } from 'rxjs';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiEventStream,
  ApiExample,
  ApiProblems,
  CurrentActor,
  CurrentCaller,
  EventStreams,
  Members,
  MembersAndOperators,
  OrgParam,
  PageQuery,
  UntilClosed,
} from '@app/http';
import type { Actor, Caller, OrgId } from '@app/kernel';
import type * as views from '../application/run.view';
import { RunsApi } from '../application/runs.api';
import { isOver } from '../domain/run';
import { RunChangePage, RunPage, RunView } from './run.dto';
import { WAITING } from './run.examples';

@ApiTags('Sync')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/gitlab/runs')
export class RunsController {
  constructor(
    private readonly runs: RunsApi,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @MembersAndOperators()
  @ApiOperation({
    summary: 'The runs, newest first',
    description: 'The queued and running runs, and the results of earlier ones.',
  })
  @ApiOkResponse({ type: RunPage })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  listRuns(@OrgParam() org: OrgId, @Query() page: PageQuery): Promise<RunPage> {
    return this.runs.runs(org, page);
  }

  @Get(':id')
  @MembersAndOperators()
  @ApiExample({ kind: 'pull', trigger: 'webhook', status: 'succeeded', requestedBy: null })
  @ApiOperation({
    summary: 'One run',
    description: 'With its progress, its counts, its commits and why it failed.',
  })
  @ApiOkResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'] })
  readRun(@OrgParam() org: OrgId, @Param('id') id: string): Promise<RunView> {
    return this.runs.run(org, id);
  }

  @Sse(':id/events')
  @MembersAndOperators()
  @ApiOperation({
    summary: 'Follow a run',
    description:
      'Server-Sent Events: `progress` immediately and on every change, then `finished`; the data is the run. The stream ends with the token. ' +
      'A comment every 25 s keeps it open. A caller may hold 10 open and an organisation 50, in each process.',
  })
  @ApiEventStream(
    'event: progress\nid: 1\ndata: {"id":"7d1c8e5e-6a0c-4a49-9a2e-2f6c8f0a7a11","status":"running"}\n\n',
  )
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'], 429: ['too_many_streams'] })
  followRun(
    @OrgParam() org: OrgId,
    @Param('id') id: string,
    @CurrentCaller() caller: Caller,
    @UntilClosed() over: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    return this.streams.open(caller, over, async () => {
      await this.runs.run(org, id);
      return this.runs.follow(org, id).pipe(map(eventOf));
    });
  }

  @Post(':id/confirm')
  @AdminOnly()
  @Action('run.confirm')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'pull', trigger: 'webhook', requestedBy: null })
  @ApiOperation({
    summary: 'Agree to the deletions a run asks about',
    description:
      'The files are deleted in Dot; their last versions can be restored. Also answers a question that was put off by cancelling its ' +
      'run. Returns the run that does it.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'], 409: ['run_not_awaiting_confirmation'] })
  confirmRun(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentActor() by: Actor): Promise<RunView> {
    return this.runs.confirm(org, id, by);
  }

  @Post(':id/keep')
  @AdminOnly()
  @Action('run.keep')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'pull', trigger: 'webhook', requestedBy: null })
  @ApiOperation({
    summary: 'Keep the files whose deletion a run asks about',
    description:
      'Instead of `confirm`: the files go back to GitLab as one commit, or the next push proposes them by merge request. ' +
      'Also answers a question that was put off by cancelling its run. Returns the run that does it.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'], 409: ['run_not_awaiting_confirmation'] })
  keepRun(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentActor() by: Actor): Promise<RunView> {
    return this.runs.keep(org, id, by);
  }

  @Get(':id/changes')
  @Members()
  @ApiExample({ items: [{ path: 'notes/churn.md', op: 'move', from: 'notes/old.md' }] })
  @ApiOperation({
    summary: 'The paths a run would change, or changed',
    description:
      'By path. A push changes GitLab, a pull Dot. A run that awaits confirmation lists the deletions that it asks about.',
  })
  @ApiOkResponse({ type: RunChangePage })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'], 404: ['not_found'] })
  listRunChanges(
    @OrgParam() org: OrgId,
    @Param('id') id: string,
    @Query() page: PageQuery,
  ): Promise<RunChangePage> {
    return this.runs.runChanges(org, id, page);
  }

  @Post(':id/cancel')
  @AdminOnly()
  @Action('run.cancel')
  @HttpCode(202)
  @ApiExample({ kind: 'pull', status: 'cancelled' })
  @ApiOperation({
    summary: 'Cancel a run',
    description:
      'Finished steps are kept, and pending changes stay pending. Cancelling a question about deletions postpones it: ' +
      'the files stay in Dot, and the status shows it until `confirm` or `keep`.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'], 409: ['run_over'] })
  cancelRun(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentActor() by: Actor): Promise<RunView> {
    return this.runs.cancel(org, id, by);
  }
}

function eventOf(run: views.RunView): MessageEvent {
  return { type: isOver(run) ? 'finished' : 'progress', data: run };
}
