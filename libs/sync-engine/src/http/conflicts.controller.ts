import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiProblems,
  CurrentActor,
  Members,
  OrgParam,
  PageQuery,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { ConflictsApi } from '../application/conflicts.api';
import { ConflictPage, RestoredView } from './conflicts.dto';

@ApiTags('Sync')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/gitlab/conflicts')
export class ConflictsController {
  constructor(private readonly findings: ConflictsApi) {}

  @Get()
  @Members()
  @ApiOperation({
    summary: 'The conflicts, newest first',
    description: 'Lists the conflicts that are neither restored nor dismissed.',
  })
  @ApiOkResponse({ type: ConflictPage })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  listConflicts(@OrgParam() org: OrgId, @Query() page: PageQuery): Promise<ConflictPage> {
    return this.findings.conflicts(org, page);
  }

  @Post(':id/dismiss')
  @AdminOnly()
  @Action('conflict.dismiss')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Dismiss a conflict and keep the present text',
    description: 'The losing text stays in the history of its file.',
  })
  @ApiNoContentResponse({ description: 'Dismissed' })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'] })
  dismissConflict(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentActor() by: Actor): Promise<void> {
    return this.findings.dismissConflict(org, id, by);
  }

  @Post(':id/restore')
  @AdminOnly()
  @Action('conflict.restore')
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
  restoreConflict(@OrgParam() org: OrgId, @Param('id') id: string, @CurrentActor() by: Actor) {
    return this.findings.restoreConflict(org, id, by);
  }
}
