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
import { ACCESS_PROBLEMS, ApiProblems, CurrentCaller, Members, OrgParam, type Caller } from '@app/http';
import type { OrgId } from '@app/kernel';
import { ContextStoreService } from '../application/context-store.service';
import type { Precondition } from '../application/edit-files';
import { FilesQuery, FilesView, WrittenView } from './context-files.dto';
import { ChangedView, EditOptions } from './edit.dto';
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
  constructor(private readonly context: ContextStoreService) {}

  @Get()
  @ApiOperation({
    summary: 'The context files, by path',
    description: 'Lists the files as they are now, all of one revision; the texts are read one by one.',
  })
  @ApiOkResponse({ type: FilesView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  async listFiles(@OrgParam() org: OrgId, @Query() query: FilesQuery) {
    return FilesView.from(await this.context.list(org, query));
  }

  @Get('*path')
  @ApiOperation({
    summary: 'The text of a file',
    description: 'Answers the exact bytes. Send the ETag as `If-None-Match` to read again only what changed.',
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
    const { revision, file, content } = await this.context.read(org, path);
    response.set('X-Context-Revision', String(revision));
    sendText(response, { ...file, content }, 'private, no-cache');
  }

  @Put('*path')
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
    @Body() body: unknown,
    @Query() options: EditOptions,
    @EditPrecondition() precondition: Precondition | undefined,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ) {
    const content = Buffer.isBuffer(body) ? body : Buffer.alloc(0); // no body is an empty file
    const by = EditOptions.authorship(caller, options);
    const written = await this.context.write(org, path, content, by, precondition);
    response.status(written.created ? 201 : 200).set('ETag', `"${written.blob}"`);
    return WrittenView.from(written);
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
    @CurrentCaller() caller: Caller,
  ): Promise<ChangedView> {
    return this.context.delete(org, path, EditOptions.authorship(caller, options), precondition);
  }
}
