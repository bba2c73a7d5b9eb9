import { Body, Controller, Delete, Get, Put, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ACCESS_PROBLEMS, ApiProblems, CurrentActor, Members, OrgParam } from '@app/http';
import type { Actor, OrgId } from '@app/kernel';
import { ContextApi } from '../application/context.api';
import type { Precondition } from '../application/edit-files';
import { FilesQuery, FilesView, WrittenView } from './context-files.dto';
import { ChangedView, EditOptions } from './edit.dto';
import { FileBody } from './file-body';
import { FilePathParam } from './file-path-param';
import { EditPrecondition } from './precondition';
import { sendText } from './send-text';

const PATH = { name: 'path', example: 'notes/churn.md', description: 'Slashes as they are or as %2F' };
const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'The ETag that the file must have now, or * for any existing file',
};

@ApiTags('Context')
@ApiParam({ name: 'org', example: 'acme' })
@Members()
@Controller('orgs/:org/context/files')
export class ContextFilesController {
  constructor(private readonly context: ContextApi) {}

  @Get()
  @ApiOperation({
    summary: 'The context files, by path',
    description: 'Lists the files as they are now, all of one revision; the texts are read one by one.',
  })
  @ApiOkResponse({ type: FilesView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  listFiles(@OrgParam() org: OrgId, @Query() query: FilesQuery): Promise<FilesView> {
    return this.context.list(org, query);
  }

  @Get('*path')
  @ApiOperation({
    summary: 'The text of a file',
    description:
      'Returns the exact bytes. Send the ETag as `If-None-Match` to read the text again only if it changed.',
  })
  @ApiParam(PATH)
  @ApiProduces('text/markdown', 'application/yaml')
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of the text you already have' })
  @ApiOkResponse({
    schema: { type: 'string' },
    headers: {
      ETag: { description: 'The blob in quotes', schema: { type: 'string' } },
      'X-Context-Revision': { description: "The org's revision", schema: { type: 'integer' } },
    },
  })
  @ApiResponse({ status: 304, description: 'You already have this text' })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'], 422: ['path_not_allowed'] })
  async readFile(@OrgParam() org: OrgId, @FilePathParam() path: string, @Res() response: Response) {
    const file = await this.context.read(org, path);
    response.set('X-Context-Revision', String(file.revision));
    sendText(response, file, 'private, no-cache');
  }

  @Put('*path')
  @FileBody()
  @ApiOperation({
    summary: 'Write a file',
    description:
      'The body is the text itself, whatever its text type; JSON and forms are refused. `If-None-Match: *` only ' +
      'creates. A new name, a message or an author that holds a credential or hidden text is refused as `content_invalid`; `errors` ' +
      'names the place.',
  })
  @ApiParam(PATH)
  @ApiHeader(IF_MATCH)
  @ApiConsumes('text/markdown', 'application/yaml')
  @ApiBody({ schema: { type: 'string', example: '# Churn\n' } })
  @ApiResponse({
    status: 200,
    type: WrittenView,
    description: 'The file was replaced, or already had this text',
  })
  @ApiResponse({ status: 201, type: WrittenView, description: 'Created' })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    409: ['version_conflict'],
    415: ['unsupported_media_type'],
    422: ['path_not_allowed', 'content_invalid', 'too_complex', 'quota_exceeded'],
    503: ['rate_limited', 'inspection_interrupted'],
  })
  async writeFile(
    @OrgParam() org: OrgId,
    @FilePathParam() path: string,
    @Body() content: Buffer,
    @Query() options: EditOptions,
    @EditPrecondition() precondition: Precondition | undefined,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WrittenView> {
    const { created, ...written } = await this.context.write(org, path, content, by, {
      ...options,
      precondition,
    });
    response.status(created ? 201 : 200).set('ETag', `"${written.blob}"`);
    return written;
  }

  @Delete('*path')
  @ApiOperation({
    summary: 'Delete a file',
    description: 'A change like any other: it becomes one commit, and the last version can be restored.',
  })
  @ApiParam(PATH)
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ChangedView })
  @ApiProblems({
    ...ACCESS_PROBLEMS,
    400: ['validation_failed'],
    404: ['not_found'],
    409: ['version_conflict'],
    422: ['path_not_allowed', 'content_invalid'],
  })
  deleteFile(
    @OrgParam() org: OrgId,
    @FilePathParam() path: string,
    @Query() options: EditOptions,
    @EditPrecondition() precondition: Precondition | undefined,
    @CurrentActor() by: Actor,
  ): Promise<ChangedView> {
    return this.context.delete(org, path, by, { ...options, precondition });
  }
}
