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
  ApiBody,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { Audited, CurrentAct, type Act } from '@app/audit';
import {
  ACCESS_PROBLEMS,
  AdminOnly,
  ApiEventStream,
  ApiExample,
  ApiProblems,
  CurrentCaller,
  GITLAB_PROBLEMS,
  Members,
  MembersAndOperators,
  OrgParam,
  PageQuery,
  type Caller,
} from '@app/http';
import type { OrgId } from '@app/kernel';
import { SyncEngineService } from '../application/sync-engine.service';
import { PlanBody } from './plan-body.dto';
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
  RunChangePage,
  RunPage,
  RunView,
} from './sync.dto';

const SETUP = { 409: ['not_connected', 'not_configured'] } as const;

/** Example: a run as returned to the client that requested it. */
const WAITING = {
  ...{ status: 'queued', trigger: 'manual', startedAt: null, finishedAt: null },
  ...{ progress: { done: 0, total: 0 }, commits: [], apiCalls: 0, attempt: 0 },
  ...{ head: null, title: null, author: null },
};

/** Example: a file in quarantine. */
const UNPARSED = {
  ...{ path: 'notes/plan.yaml', state: 'quarantined' },
  reason: 'yaml_invalid: the YAML does not parse at line 3, column 8',
  quarantine: {
    ...{ code: 'yaml_invalid', message: 'the YAML does not parse at line 3, column 8' },
    ...{ line: 3, column: 8 },
  },
  ...{
    dotBlob: null,
    gitlabBlob: 'd670460b4b4aece5915caf5c68d12f560a9fe3e4',
    at: '2026-01-01T12:00:00.000Z',
  },
};

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
  @ApiExample({ ...WAITING, kind: 'push' })
  @ApiOperation({
    summary: 'Push to GitLab',
    description: 'Answers the run already waiting, if there is one. Also ends a stop or a back-off.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SETUP })
  async push(@OrgParam() org: OrgId, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.push(org, act));
  }

  @Post('pull')
  @AdminOnly()
  @Audited('sync.pull')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'pull' })
  @ApiOperation({
    summary: 'Pull from GitLab',
    description: 'Answers the run already waiting, if there is one. Also ends a stop or a back-off.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SETUP })
  async pull(@OrgParam() org: OrgId, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.pull(org, act));
  }

  @Post('plan')
  @AdminOnly()
  @Audited('sync.plan')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Preview a full sync; changes nothing',
    description:
      'Compares both sides as they are. A file in conflict is listed only under `conflicts`. With a body, previews the first sync with that ' +
      'project, before it is configured or instead of the configured one. Nothing is stored.',
  })
  @ApiBody({
    type: PlanBody,
    required: false,
    examples: {
      configured: { summary: 'The configured project', value: {} },
      draft: {
        summary: 'Before it is configured',
        value: { projectId: 42, branch: 'main', onConflict: 'newest' },
      },
    },
  })
  @ApiOkResponse({ type: PlanView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    ...SETUP,
    400: ['validation_failed'],
    422: [
      ...GITLAB_PROBLEMS[422],
      'project_not_found',
      'project_gone',
      'project_archived',
      'branch_not_found',
      'branch_gone',
    ],
    503: GITLAB_PROBLEMS[503],
  })
  async previewSync(@OrgParam() org: OrgId, @CurrentAct() act: Act, @Body() body: PlanBody) {
    return PlanView.from(await this.sync.plan(org, act, PlanBody.draft(body)));
  }

  @Get('runs')
  @MembersAndOperators()
  @ApiOperation({
    summary: 'The runs, newest first',
    description: 'What is queued or running, and what came of the runs before.',
  })
  @ApiOkResponse({ type: RunPage })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  async listRuns(@OrgParam() org: OrgId, @Query() query: PageQuery): Promise<RunPage> {
    const { items, nextCursor } = await this.sync.runs(org, query);
    return { items: items.map((run) => RunView.from(run)), nextCursor };
  }

  @Get('runs/:id')
  @MembersAndOperators()
  @ApiExample({ kind: 'pull', trigger: 'webhook', status: 'succeeded', requestedBy: null })
  @ApiOperation({
    summary: 'One run',
    description: 'With its progress, its counts, its commits and why it failed.',
  })
  @ApiOkResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'] })
  async readRun(@OrgParam() org: OrgId, @Param('id') id: string) {
    return RunView.from(await this.sync.run(org, id));
  }

  @Sse('runs/:id/events')
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
    @SseSignal() over: AbortSignal,
  ): Promise<Observable<MessageEvent>> {
    return this.events.stream(org, id, caller, over);
  }

  @Post('runs/:id/confirm')
  @AdminOnly()
  @Audited('run.confirm')
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
  async confirmRun(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.confirm(org, id, act));
  }

  @Post('runs/:id/keep')
  @AdminOnly()
  @Audited('run.keep')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'pull', trigger: 'webhook', requestedBy: null })
  @ApiOperation({
    summary: 'Keep the files whose deletion a run asks about',
    description:
      'Instead of `confirm`: the files go back to GitLab as one commit. Also answers a question that was put off by cancelling its run. ' +
      'Returns the run that does it.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'], 409: ['run_not_awaiting_confirmation'] })
  async keepRun(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.keep(org, id, act));
  }

  @Get('runs/:id/changes')
  @Members()
  @ApiExample({ items: [{ path: 'notes/churn.md', op: 'move', from: 'notes/old.md' }] })
  @ApiOperation({
    summary: 'The paths a run would change, or changed',
    description: 'By path. A push changes GitLab, a pull Dot; of a run that asks, what it would delete.',
  })
  @ApiOkResponse({ type: RunChangePage })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'], 404: ['not_found'] })
  async listRunChanges(
    @OrgParam() org: OrgId,
    @Param('id') id: string,
    @Query() query: PageQuery,
  ): Promise<RunChangePage> {
    const { items, nextCursor } = await this.sync.runChanges(org, id, query);
    return { items: [...items], nextCursor };
  }

  @Post('runs/:id/cancel')
  @AdminOnly()
  @Audited('run.cancel')
  @HttpCode(202)
  @ApiExample({ kind: 'pull', status: 'cancelled' })
  @ApiOperation({
    summary: 'Cancel a run',
    description:
      'What it has done stays; what is pending stays pending. A question about deletions is put off: the files stay in Dot, and the ' +
      'status asks for a word until `confirm` or `keep`.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'], 409: ['run_over'] })
  async cancelRun(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentAct() act: Act) {
    return RunView.from(await this.sync.cancel(org, id, act));
  }

  @Get('files')
  @Members()
  @ApiExample({ items: [UNPARSED] })
  @ApiOperation({
    summary: 'List the state of each file',
    description: 'By what the last sync saw; with `live` GitLab is asked.',
  })
  @ApiOkResponse({ type: FileStatePage })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SETUP, 400: ['validation_failed'] })
  async listFileStates(@OrgParam() org: OrgId, @Query() query: FilesQuery): Promise<FileStatePage> {
    const { items, nextCursor } = await this.sync.files(org, query);
    return { items: items.map((file) => FileStateView.from(file)), nextCursor };
  }

  @Post('files/release')
  @AdminOnly()
  @Audited('file.release')
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'pull' })
  @ApiOperation({
    summary: 'Release a quarantined file to GitLab',
    description:
      'For files quarantined as `credential` or `hidden_control`. Releases what is in the file now; something new is held back again. ' +
      'Answers the pull after which the file is pending again.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SETUP, 400: ['validation_failed'], 404: ['not_found'] })
  async releaseFile(@OrgParam() org: OrgId, @CurrentAct() act: Act, @Body() { path }: ReleaseBody) {
    return RunView.from(await this.sync.releaseFile(org, path, act));
  }

  @Get('conflicts')
  @Members()
  @ApiOperation({
    summary: 'The conflicts, newest first',
    description: 'Lists the conflicts that are neither restored nor dismissed.',
  })
  @ApiOkResponse({ type: ConflictPage })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  async listConflicts(@OrgParam() org: OrgId, @Query() query: PageQuery): Promise<ConflictPage> {
    const { items, nextCursor } = await this.sync.conflicts(org, query);
    return { items: items.map((conflict) => ConflictView.from(conflict)), nextCursor };
  }

  @Post('conflicts/:id/dismiss')
  @AdminOnly()
  @Audited('conflict.dismiss')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Dismiss a conflict and keep the present text',
    description: 'The losing text stays in the history of its file.',
  })
  @ApiNoContentResponse({ description: 'Dismissed' })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'] })
  async dismissConflict(
    @OrgParam() org: OrgId,
    @Param('id') id: string,
    @CurrentAct() act: Act,
  ): Promise<void> {
    await this.sync.dismissConflict(org, id, act);
  }

  @Post('conflicts/:id/restore')
  @AdminOnly()
  @Audited('conflict.restore')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Restore the text that lost a conflict',
    description: 'Makes it the newest, as a new change.',
  })
  @ApiOkResponse({ type: RestoredView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    404: ['not_found'],
    422: ['path_not_allowed', 'content_invalid', 'quota_exceeded'],
  })
  restoreConflict(
    @OrgParam() org: OrgId,
    @Param('id') id: string,
    @CurrentCaller() caller: Caller,
    @CurrentAct() act: Act,
  ) {
    return this.sync.restoreConflict(org, id, caller.author, act);
  }
}
