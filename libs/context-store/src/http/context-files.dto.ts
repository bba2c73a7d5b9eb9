import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsPlainText, PageQuery } from '@app/http';
import type * as views from '../application/context.view';
import type { Origin } from '../domain/change';
import { AuthorView } from './author.dto';

const BLOB = 'd670460b4b4aece5915caf5c68d12f560a9fe3e4';

export class FilesQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only files whose path begins so' })
  @IsOptional()
  @IsPlainText(4_096)
  prefix?: string;
}

export class FileView implements views.FileView {
  @ApiProperty({ example: 'notes/churn.md' })
  readonly path: string;
  @ApiProperty({ example: 1_024, description: 'Bytes' })
  readonly size: number;
  @ApiProperty({ example: BLOB, description: "Git's blob id of the bytes; the ETag" })
  readonly blob: string;
  @ApiProperty({ example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0' })
  readonly version: string;
  @ApiProperty({ format: 'date-time' })
  readonly updatedAt: string;
  @ApiProperty({ type: AuthorView })
  readonly updatedBy: AuthorView;
  @ApiProperty({ enum: ['user', 'agent', 'api', 'gitlab'] })
  readonly origin: Origin;
}

export class FilesView implements views.FilesView {
  @ApiProperty({ example: 42 })
  readonly revision: number;
  @ApiProperty({ type: [FileView] })
  readonly items: readonly FileView[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}

export class WrittenView implements views.WrittenView {
  @ApiProperty({ example: 42 })
  readonly revision: number;
  @ApiProperty({ example: 'notes/churn.md' })
  readonly path: string;
  @ApiProperty({ example: BLOB })
  readonly blob: string;
  @ApiProperty({ example: '0b8f4a52-6a0c-4a49-9a2e-2f6c8f0a7a11.0' })
  readonly version: string;
}
