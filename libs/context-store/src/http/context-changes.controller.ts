import { Body, Controller, Post } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiProblems,
  CurrentActor,
  JsonBody,
  Members,
  OrgParam,
  ValidationFailed,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { ContextApi } from '../application/context.api';
import { LargeJsonBody } from './changes-body';
import { ChangesBody, RestoreBody } from './context-changes.dto';
import { ChangedView } from './edit.dto';

const PROBLEMS = {
  ...ACCESS_PROBLEMS,
  400: ['validation_failed'],
  404: ['not_found'],
  409: ['version_conflict'],
  422: ['path_not_allowed', 'content_invalid', 'too_complex', 'quota_exceeded'],
  503: ['rate_limited', 'inspection_interrupted'],
} as const;

@ApiTags('Context')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/context')
export class ContextChangesController {
  constructor(private readonly context: ContextApi) {}

  @Post('changes')
  @Members()
  @LargeJsonBody()
  @ApiOperation({
    summary: 'Change several files: all or nothing, one commit',
    description:
      'At most 1,000 operations in 16 MiB of JSON, 4 MiB each. For larger files use `PUT` on the file. ' +
      'A new name, a message or an author that holds a credential or hidden text is refused as `content_invalid`; `errors` names ' +
      'the place.',
  })
  @ApiBody({
    type: ChangesBody,
    examples: {
      write: {
        summary: 'Write two files',
        value: {
          message: 'Explain the churn report',
          changes: [
            { op: 'put', path: 'notes/churn.md', content: '# Churn\n' },
            { op: 'put', path: 'reports/churn.md', content: '# Churn by month\n' },
          ],
        },
      },
      move: {
        summary: 'Move one of them, then delete the other',
        value: {
          changes: [
            { op: 'move', from: 'notes/churn.md', path: 'notes/retention.md' },
            { op: 'delete', path: 'reports/churn.md' },
          ],
        },
      },
    },
  })
  @ApiCreatedResponse({ type: ChangedView })
  @ApiProblems({
    ...PROBLEMS,
    413: ['body_too_large'],
    415: ['unsupported_media_type'],
    422: [...PROBLEMS[422], 'too_many_operations'],
  })
  async changeFiles(
    @OrgParam() org: OrgId,
    @CurrentActor() by: Actor,
    @Body() body: ChangesBody,
  ): Promise<ChangedView> {
    return this.context.change(org, await ChangesBody.edits(body), by, body);
  }

  @Post('restore')
  @AdminOnly()
  @Action('context.restore')
  @JsonBody()
  @ApiOperation({
    summary: 'Restore a version, or undo a sync run',
    description:
      'Makes a new change in either case. If a file was changed since the run, undoing is refused with the names of those files.',
  })
  @ApiBody({
    type: RestoreBody,
    examples: {
      version: {
        summary: 'A version of a file',
        value: { path: 'notes/churn.md', version: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0' },
      },
      run: {
        summary: 'All that a sync run changed',
        value: { runId: '7d1c8e5e-6a0c-4a49-9a2e-2f6c8f0a7a11' },
      },
    },
  })
  @ApiCreatedResponse({ type: ChangedView })
  @ApiProblems(PROBLEMS)
  restoreFiles(
    @OrgParam() org: OrgId,
    @CurrentActor() by: Actor,
    @Body() body: RestoreBody,
  ): Promise<ChangedView> {
    const { path, version, runId } = body;
    if (runId === undefined)
      return this.context.restore(org, { path: path ?? '', version: version ?? '' }, by, body);
    if (path === undefined && version === undefined) return this.context.undo(org, runId, by, body);
    throw new ValidationFailed([{ field: 'runId', detail: 'cannot be combined with path or version' }]);
  }
}
