import { ApiProperty, ApiPropertyOptional, PickType } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '@app/http';
import type { Page } from '@app/kernel';
import type { StoredEvent } from '../events/event-feed.port';
import type { GitLabSyncEvent, GitLabSyncEventName } from '../events/gitlab-sync.events';

export class FeedQuery extends PickType(PageQuery, ['limit']) {
  @ApiPropertyOptional({ description: '`nextCursor` of the previous page; the oldest events without it' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  after?: string;
}

export class StoredEventView implements StoredEvent {
  @ApiProperty({ example: '42', description: 'Grows with each event of the organisation' })
  readonly id: string;
  @ApiProperty({ type: String, example: 'sync.finished.v1' })
  readonly name: GitLabSyncEventName;
  @ApiProperty({ format: 'date-time' })
  readonly at: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { name: 'sync.finished.v1', org: 'acme' },
    description: 'The payload; its fields depend on the name',
  })
  readonly data: GitLabSyncEvent;
}

export class FeedPage implements Page<StoredEventView> {
  @ApiProperty({ type: [StoredEventView] })
  readonly items: readonly StoredEventView[];
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send it as `after`, also when there is nothing new; null while there is no event',
  })
  readonly nextCursor: string | null;
}
