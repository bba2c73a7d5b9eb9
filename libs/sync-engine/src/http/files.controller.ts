import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  ACCESS_PROBLEMS,
  Action,
  AdminOnly,
  ApiExample,
  ApiProblems,
  CurrentActor,
  JsonBody,
  Members,
  OrgParam,
} from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { FilesApi } from '../application/files.api';
import { FilesQuery, FileStatePage, ReleaseBody } from './files.dto';
import { RunView } from './run.dto';
import { WAITING } from './run.examples';

const SETUP = { 409: ['not_connected', 'not_configured'] } as const;

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
@Controller('orgs/:org/gitlab/files')
export class FilesController {
  constructor(private readonly files: FilesApi) {}

  @Get()
  @Members()
  @ApiExample({ items: [UNPARSED] })
  @ApiOperation({
    summary: 'List the state of each file',
    description: 'As the last sync saw them; `live` asks GitLab.',
  })
  @ApiOkResponse({ type: FileStatePage })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SETUP, 400: ['validation_failed'] })
  listFileStates(@OrgParam() org: OrgId, @Query() query: FilesQuery): Promise<FileStatePage> {
    return this.files.files(org, query);
  }

  @Post('release')
  @AdminOnly()
  @Action('file.release')
  @JsonBody()
  @HttpCode(202)
  @ApiExample({ ...WAITING, kind: 'pull' })
  @ApiOperation({
    summary: 'Release a quarantined file to GitLab',
    description:
      'For files quarantined as `credential` or `hidden_control`. Releases the present findings of the file; a new one is held back again. ' +
      'Returns the pull run that re-queues the file.',
  })
  @ApiAcceptedResponse({ type: RunView })
  @ApiProblems({ ...ACCESS_PROBLEMS, ...SETUP, 400: ['validation_failed'], 404: ['not_found'] })
  releaseFile(
    @OrgParam() org: OrgId,
    @CurrentActor() by: Actor,
    @Body() { path }: ReleaseBody,
  ): Promise<RunView> {
    return this.files.releaseFile(org, path, by);
  }
}
