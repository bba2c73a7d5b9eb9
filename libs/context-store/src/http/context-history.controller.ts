import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { ACCESS_PROBLEMS, ApiProblems, Members, OrgParam } from '@app/http';
import type { OrgId } from '@app/kernel';
import { ContextApi } from '../application/context.api';
import { HistoryQuery, HistoryView } from './context-history.dto';
import { sendText } from './send-text';

@ApiTags('Context')
@ApiParam({ name: 'org', example: 'acme' })
@Members()
@Controller('orgs/:org/context')
export class ContextHistoryController {
  constructor(private readonly context: ContextApi) {}

  @Get('history')
  @ApiOperation({
    summary: 'List the versions of the files, newest first',
    description:
      'One entry for each file that a change touched, with its author and the commit it came from or became.',
  })
  @ApiOkResponse({ type: HistoryView })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  listHistory(@OrgParam() org: OrgId, @Query() query: HistoryQuery): Promise<HistoryView> {
    return this.context.history(org, query);
  }

  @Get('versions/:id')
  @ApiOperation({
    summary: 'Get the text of a version',
    description: 'Returns the exact bytes, also of a text that lost a conflict. A version never changes.',
  })
  @ApiParam({ name: 'id', example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0' })
  @ApiProduces('text/markdown', 'application/yaml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiProblems({ ...ACCESS_PROBLEMS, 404: ['not_found'] })
  async readVersion(@OrgParam() org: OrgId, @Param('id') id: string, @Res() response: Response) {
    sendText(response, await this.context.version(org, id), 'private, max-age=31536000, immutable');
  }
}
