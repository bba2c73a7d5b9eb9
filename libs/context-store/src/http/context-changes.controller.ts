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
      'At most 1,000 operations in 16 MiB of JSON, 4 MiB each. `PUT` takes larger files as they are. ' +
      'A new name, a message or an author that holds a credential or hidden text is `content_invalid`; `errors` names ' +
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
    summary: 'Bring a version back, or undo a sync run',
    description:
      'A new change in either case. Undoing a run is refused, naming the files, where some were changed since.',
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
    throw new ValidationFailed([{ field: 'runId', detail: 'stands alone, without path and version' }]);
  }
}
