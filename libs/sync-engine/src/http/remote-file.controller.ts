import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ACCESS_PROBLEMS, ApiProblems, GITLAB_PROBLEMS, Members, OrgParam } from '@app/http';
import type { OrgId } from '@app/kernel';
import { FilesApi } from '../application/files.api';
import { RemoteFileQuery } from './remote-file.dto';

/** The text is anybody's: never more than plain text to a browser. */
const HEADERS = {
  'Content-Type': 'text/plain; charset=utf-8',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

@ApiTags('Sync')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/gitlab/files')
export class RemoteFileController {
  constructor(private readonly files: FilesApi) {}

  @Get('*path')
  @Members()
  @ApiOperation({
    summary: "GitLab's text of a file that was kept out of Dot",
    description:
      'As the last sync saw it. `not_found` if the file is not kept out, is not UTF-8, or is over the limit.',
  })
  @ApiParam({ name: 'path', example: 'notes/broken.yaml' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' }, example: 'a: [unclosed' } } })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    404: ['not_found'],
    409: ['not_connected', 'not_configured'],
    422: [...GITLAB_PROBLEMS[422], 'project_not_found'],
    503: GITLAB_PROBLEMS[503],
  })
  async readRemoteFile(
    @OrgParam() org: OrgId,
    @Req() { params }: Request,
    @Query() _: RemoteFileQuery,
    @Res() response: Response,
  ): Promise<void> {
    const path = [params.path].flat().join('/');
    response.set(HEADERS).send(await this.files.remoteFile(org, path));
  }
}
