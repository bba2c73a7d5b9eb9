import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsPlainText } from '@app/http';
import type * as api from '../application/context.api';
import type * as views from '../application/context.view';

const SOURCES = ['user', 'agent', 'api'] as const;

/** Optional facts about an edit. */
export class EditOptions implements api.EditOptions {
  @ApiPropertyOptional({
    example: 'Explain the churn report',
    description: "The commit's message; by default a summary of the edit",
  })
  @IsOptional()
  @IsPlainText(5_000)
  message?: string;

  @ApiPropertyOptional({ enum: SOURCES, default: 'user', description: 'The kind of author' })
  @IsOptional()
  @IsIn(SOURCES)
  source?: (typeof SOURCES)[number];
}

export class ChangedView implements views.ChangedView {
  @ApiProperty({ example: 42, description: "The org's revision now" })
  readonly revision: number;
  @ApiProperty({
    type: String,
    nullable: true,
    format: 'uuid',
    description: 'Becomes one commit; null if nothing changed',
  })
  readonly changeId: string | null;
}
