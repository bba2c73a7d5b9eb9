import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Audited, CurrentAct, type Act } from '@app/audit';
import {
  AdminOnly,
  ApiProblems,
  CurrentCaller,
  Members,
  OrgParam,
  ValidationFailed,
  type Caller,
} from '@app/http';
import type { OrgId } from '@app/kernel';
import { ContextStoreService } from '../application/context-store.service';
import { ChangesBody, RestoreBody } from './context-changes.dto';
import { ChangedView, EditOptions } from './edit.dto';
import { ACCESS_PROBLEMS } from './problems';

const PROBLEMS = {
  ...ACCESS_PROBLEMS,
  400: ['validation_failed'],
  404: ['not_found'],
  409: ['version_conflict'],
  422: ['path_not_allowed', 'content_invalid', 'too_complex', 'quota_exceeded'],
  503: ['rate_limited', 'inspection_interrupted'],
};

@ApiTags('Context')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/context')
export class ContextChangesController {
  constructor(private readonly context: ContextStoreService) {}

  @Post('changes')
  @Members()
  @ApiOperation({
    summary: 'Change several files: all or nothing, one commit',
    description:
      'At most 1,000 operations in 16 MiB of JSON, 4 MiB each. For larger files use `PUT` on the file. ' +
      'A new name, a message or an author that holds a credential or hidden text is refused as `content_invalid`; `errors` names ' +
      'the place.',
  })
  @ApiCreatedResponse({ type: ChangedView })
  @ApiProblems({
    ...PROBLEMS,
    413: ['body_too_large'],
    415: ['unsupported_media_type'],
    422: [...PROBLEMS[422], 'too_many_operations'],
  })
  async change(
    @OrgParam() org: OrgId,
    @CurrentCaller() caller: Caller,
    @Body() body: ChangesBody,
  ): Promise<ChangedView> {
    return this.context.change(org, await ChangesBody.edits(body), EditOptions.authorship(caller, body));
  }

  @Post('restore')
  @AdminOnly()
  @Audited('context.restore')
  @ApiOperation({
    summary: 'Restore a version, or undo a sync run',
    description:
      'Makes a new change in either case. If a file was changed since the run, undoing is refused with the names of those files.',
  })
  @ApiCreatedResponse({ type: ChangedView })
  @ApiProblems(PROBLEMS)
  async restore(
    @OrgParam() org: OrgId,
    @CurrentCaller() caller: Caller,
    @CurrentAct() act: Act,
    @Body() body: RestoreBody,
  ): Promise<ChangedView> {
    const { path, version, runId } = body;
    const by = EditOptions.authorship(caller, body);
    const record = () => act.record(runId ?? path);
    if (runId === undefined) return this.context.restore(org, path ?? '', version ?? '', by, record);
    if (path === undefined && version === undefined) return this.context.undo(org, runId, by, record);
    throw new ValidationFailed([{ field: 'runId', detail: 'cannot be combined with path or version' }]);
  }
}
