import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ACCESS_PROBLEMS, AdminOnly, ApiProblems, OrgParam, PageQuery } from '@app/http';
import type { OrgId } from '@app/kernel';
import { AuditApi } from '../application/audit.api';
import { AuditPage } from './audit.dto';

@ApiTags('Audit')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/audit')
export class AuditController {
  constructor(private readonly audit: AuditApi) {}

  @Get()
  @AdminOnly()
  @ApiOperation({
    summary: 'List every administrative act, newest first',
    description: 'Includes refused acts, with the code of the error as their result.',
  })
  @ApiOkResponse({ type: AuditPage })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  listAuditEntries(@OrgParam() org: OrgId, @Query() page: PageQuery): Promise<AuditPage> {
    return this.audit.list(org, page);
  }
}
