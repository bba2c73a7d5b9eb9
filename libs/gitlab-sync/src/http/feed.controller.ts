import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ACCESS_PROBLEMS, AdminOnly, ApiProblems, OrgParam } from '@app/http';
import type { OrgId } from '@app/kernel';
import { EventFeed } from '../events/event-feed.port';
import { FeedPage, FeedQuery } from './feed.dto';

@ApiTags('Status')
@ApiParam({ name: 'org', example: 'acme' })
@Controller('orgs/:org/gitlab/feed')
export class FeedController {
  constructor(private readonly feed: EventFeed) {}

  @Get()
  @AdminOnly()
  @ApiOperation({
    summary: 'List the events after a cursor, oldest first',
    description: 'None is missed: each is stored with its change. Kept for 30 days.',
  })
  @ApiOkResponse({ type: FeedPage })
  @ApiProblems({ ...ACCESS_PROBLEMS, 400: ['validation_failed'] })
  listEvents(@OrgParam() org: OrgId, @Query() { after, limit }: FeedQuery): Promise<FeedPage> {
    return this.feed.after(org, { cursor: after, limit });
  }
}
