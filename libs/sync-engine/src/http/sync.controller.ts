import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Sse,
  SseSignal,
  type MessageEvent,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { Audited, CurrentAct, type Act } from '@app/audit';
import {
  AdminOnly,
  ApiProblems,
  CurrentCaller,
  Members,
  MembersAndOperators,
  OrgParam,
  PageQuery,
  type Caller,
} from '@app/http';
import type { OrgId } from '@app/kernel';
import { SyncEngineService } from '../application/sync-engine.service';
import { RunEvents } from './run-events';
import {
  ConflictPage,
  ConflictView,
  FilesQuery,
  FileStatePage,
  FileStateView,
  PlanView,
  ReleaseBody,
  RestoredView,
  RunPage,
  RunView,
} from './sync.dto';

const ACCESS = { 401: ['unauthenticated'], 403: ['forbidden_org', 'forbidden_role'] } as const;
const SETUP = { 409: ['not_connected', 'not_configured'] } as const;

@ApiTags('Sync')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/gitlab')
export class SyncController {
  constructor(
    private readonly sync: SyncEngineService,
    private readonly events: RunEvents,
  ) {}

  @Post('push')
  @AdminOnly()
  @Audited('sync.push')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Push to GitLab',
    description: 'Answers the run already waiting, if there is one. Also ends a stop or a back-off.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS, ...SETUP })
  async push(@OrgParam() org: OrgId, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.push(org, act));
  }

  @Post('pull')
  @AdminOnly()
  @Audited('sync.pull')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Pull from GitLab',
    description: 'Answers the run already waiting, if there is one. Also ends a stop or a back-off.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS, ...SETUP })
  async pull(@OrgParam() org: OrgId, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.pull(org, act));
  }

  @Post('plan')
  @AdminOnly()
  @Audited('sync.plan')
  @HttpCode(200)
  @ApiOperation({ summary: 'What a full sync would do now, changing nothing' })
  @ApiOkResponse({ type: PlanView })
  @ApiProblems({
    ...ACCESS,
    ...SETUP,
    422: ['token_rejected', 'project_not_found', 'branch_gone'],
    503: ['rate_limited', 'gitlab_unavailable', 'gitlab_answer_invalid'],
  })
  async plan(@OrgParam() org: OrgId, @CurrentAct() act: Act) {
    return PlanView.from(await this.sync.plan(org, act));
  }

  @Get('runs')
  @MembersAndOperators()
  @ApiOperation({ summary: 'The runs, newest first' })
  @ApiOkResponse({ type: RunPage })
  @ApiProblems({ ...ACCESS, 400: ['validation_failed'] })
  async runs(@OrgParam() org: OrgId, @Query() query: PageQuery): Promise<RunPage> {
    const { items, nextCursor } = await this.sync.runs(org, query);
    return { items: items.map((run) => RunView.from(run)), nextCursor };
  }

  @Get('runs/:id')
  @MembersAndOperators()
  @ApiOperation({ summary: 'One run' })
  @ApiOkResponse({ type: RunView })
  @ApiProblems({ ...ACCESS, 404: ['not_found'] })
  async run(@OrgParam() org: OrgId, @Param('id') id: string) {
    return RunView.from(await this.sync.run(org, id));
  }

  @Sse('runs/:id/events')
  @MembersAndOperators()
  @ApiOperation({
    summary: 'Follow a run',
    description:
      'Server-Sent Events: `progress` at once and as it goes, then `finished`; the data is the run. The stream ends with the token. ' +
      'A caller may hold 10 open and an organisation 50, in each process.',
  })
  @ApiProduces('text/event-stream')
  @ApiProblems({ ...ACCESS, 404: ['not_found'], 429: ['too_many_streams'] })
  follow(
    @OrgParam() org: OrgId,
    @Param('id') id: string,
    @CurrentCaller() caller: Caller,
    @SseSignal() over: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    return this.events.stream(org, id, caller, over);
  }

  @Post('runs/:id/confirm')
  @AdminOnly()
  @Audited('run.confirm')
  @HttpCode(202)
  @ApiOperation({ summary: 'Agree to the deletions a run asks about' })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS, 404: ['not_found'], 409: ['run_not_awaiting_confirmation'] })
  async confirm(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.confirm(org, id, act));
  }

  @Post('runs/:id/cancel')
  @AdminOnly()
  @Audited('run.cancel')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Cancel a run',
    description: 'What it has done stays; what is pending stays pending.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS, 404: ['not_found'], 409: ['run_over'] })
  async cancel(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.cancel(org, id, act));
  }

  @Get('files')
  @Members()
  @ApiOperation({ summary: 'Where each file stands, by what the last sync saw' })
  @ApiOkResponse({ type: FileStatePage })
  @ApiProblems({ ...ACCESS, ...SETUP, 400: ['validation_failed'] })
  async files(@OrgParam() org: OrgId, @Query() query: FilesQuery): Promise<FileStatePage> {
    const { items, nextCursor } = await this.sync.files(org, query);
    return { items: items.map((file) => FileStateView.from(file)), nextCursor };
  }

  @Post('files/release')
  @AdminOnly()
  @Audited('file.release')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Let a file leave for GitLab that was held back for what is in it',
    description:
      'For files quarantined as `credential` or `hidden_control`. Releases what is in the file now; something new is held back again. ' +
      'Answers the pull after which the file is pending again.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS, ...SETUP, 400: ['validation_failed'], 404: ['not_found'] })
  async release(@OrgParam() org: OrgId, @CurrentAct() act: Act, @Body() { path }: ReleaseBody) {
    return RunView.from(await this.sync.releaseFile(org, path, act));
  }

  @Get('conflicts')
  @Members()
  @ApiOperation({ summary: 'Conflicts whose losing text was not restored, newest first' })
  @ApiOkResponse({ type: ConflictPage })
  @ApiProblems({ ...ACCESS, 400: ['validation_failed'] })
  async conflicts(@OrgParam() org: OrgId, @Query() query: PageQuery): Promise<ConflictPage> {
    const { items, nextCursor } = await this.sync.conflicts(org, query);
    return { items: items.map((conflict) => ConflictView.from(conflict)), nextCursor };
  }

  @Post('conflicts/:id/restore')
  @AdminOnly()
  @Audited('conflict.restore')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make the losing text the newest, as a new change' })
  @ApiOkResponse({ type: RestoredView })
  @ApiProblems({
    ...ACCESS,
    404: ['not_found'],
    422: ['path_not_allowed', 'content_invalid', 'quota_exceeded'],
  })
  restore(
    @OrgParam() org: OrgId,
    @Param('id') id: string,
    @CurrentCaller() caller: Caller,
    @CurrentAct() act: Act,
  ) {
    return this.sync.restoreConflict(org, id, caller.author, act);
  }
}
