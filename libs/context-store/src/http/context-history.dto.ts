import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsPlainText, PageQuery } from '@app/http';
import type { Page } from '@app/kernel';
import type * as views from '../application/context.view';
import type { Origin } from '../domain/change';
import { AuthorView } from './author.dto';

export class HistoryQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only the history of this file' })
  @IsOptional()
  @IsPlainText(4_096)
  path?: string;

  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Only what a push would still send' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  pending?: boolean;
}

export class HistoryEntryView implements views.HistoryEntryView {
  @ApiProperty({ example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0', description: "The version's id" })
  readonly id: string;
  @ApiProperty({ example: 'notes/churn.md' })
  readonly path: string;
  @ApiProperty({
    enum: ['put', 'delete', 'keep'],
    description: '`keep` stores a text that lost a conflict; the file itself was not changed',
  })
  readonly op: 'put' | 'delete' | 'keep';
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'd670460b4b4aece5915caf5c68d12f560a9fe3e4',
    description: 'Null if the file was deleted',
  })
  readonly blob: string | null;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'The path it was moved from' })
  readonly from: string | null;
  @ApiProperty({
    example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0',
    description: "The version's id, as `restore` takes it",
  })
  readonly version: string;
  @ApiProperty({ example: 42 })
  readonly revision: number;
  @ApiProperty({ format: 'uuid' })
  readonly changeId: string;
  @ApiProperty({ type: AuthorView })
  readonly author: AuthorView;
  @ApiProperty({ format: 'date-time' })
  readonly at: string;
  @ApiProperty({ enum: ['user', 'agent', 'api', 'gitlab'] })
  readonly origin: Origin;
  @ApiProperty({
    example: 'Explain the churn report',
    description: 'For people: invisible characters are spelled out, as in `\\u{202E}`; paths stay exact',
  })
  readonly message: string;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '6f1e3c2b1a0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f',
    description: 'The commit it came from or became',
  })
  readonly commit: string | null;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'The sync run that made it' })
  readonly runId: string | null;
}

export class HistoryView implements Page<HistoryEntryView> {
  @ApiProperty({ type: [HistoryEntryView] })
  readonly items: readonly HistoryEntryView[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}
