import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  AdminOnly,
  ApiProblems,
  Audited,
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
  422: ['path_not_allowed', 'content_invalid', 'too_complex'],
  503: ['rate_limited'],
};

@ApiTags('Context')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/context')
export class ContextChangesController {
  constructor(private readonly context: ContextStoreService) {}

  @Post('changes')
  @Members()
  @ApiOperation({ summary: 'Change several files: all or nothing, one commit' })
  @ApiCreatedResponse({ type: ChangedView })
  @ApiProblems(PROBLEMS)
  change(
    @OrgParam() org: OrgId,
    @CurrentCaller() caller: Caller,
    @Body() body: ChangesBody,
  ): Promise<ChangedView> {
    return this.context.change(org, ChangesBody.edits(body), EditOptions.authorship(caller, body));
  }

  @Post('restore')
  @AdminOnly()
  @Audited('context.restore', (_: ChangedView, { runId, path }: RestoreBody) => runId ?? path ?? null)
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
    @Body() body: RestoreBody,
  ): Promise<ChangedView> {
    const { path, version, runId } = body;
    const by = EditOptions.authorship(caller, body);
    if (runId === undefined) return this.context.restore(org, path ?? '', version ?? '', by);
    if (path === undefined && version === undefined) return this.context.undo(org, runId, by);
    throw new ValidationFailed([{ field: 'runId', detail: 'stands alone, without path and version' }]);
  }
}
