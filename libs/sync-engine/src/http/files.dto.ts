import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { IsPlainText, PageQuery } from '@app/http';
import type { Page } from '@app/kernel';
import type * as views from '../application/finding.view';
import { FILE_STATES, type FileStateName } from '../application/queries/file-state';

const BLOB = 'd670460b4b4aece5915caf5c68d12f560a9fe3e4';

export class FilesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: FILE_STATES })
  @IsOptional()
  @IsIn(FILE_STATES)
  state?: FileStateName;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description:
      'Asks GitLab what changed since the last sync, so that `gitlab_ahead` shows; costs one to three calls',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  live?: boolean;
}

export class QuarantineView {
  @ApiProperty({ example: 'yaml_invalid' })
  readonly code: string;
  @ApiProperty({
    example: 'the YAML does not parse at line 3, column 8',
    description: 'The problem and the next step',
  })
  readonly message: string;
  @ApiProperty({ type: Number, nullable: true, example: 3 })
  readonly line: number | null;
  @ApiProperty({ type: Number, nullable: true, example: 8 })
  readonly column: number | null;
}

export class FileStateView implements views.FileStateView {
  @ApiProperty({ example: 'notes/churn.md' })
  readonly path: string;
  @ApiProperty({ enum: FILE_STATES })
  readonly state: FileStateName;
  @ApiPropertyOptional({
    example: 'similar_name: looks like notes/Churn.md on some file systems; rename one of them',
    description:
      'Why it is not in sync. Of a file in sync: a warning about it, such as a name that resembles another one. A file that came ' +
      'from GitLab may also show hidden text (`hidden_control`) or a probable credential (`credential`). ' +
      'For people: names in it are spelled out, as in `\\u{202E}`, while `path` is exact',
  })
  readonly reason?: string;
  @ApiPropertyOptional({ type: QuarantineView, description: 'Only of a file in quarantine' })
  readonly quarantine?: QuarantineView;
  @ApiProperty({ type: String, nullable: true, example: BLOB })
  readonly dotBlob: string | null;
  @ApiProperty({ type: String, nullable: true, example: BLOB })
  readonly gitlabBlob: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly at: string | null;
}

export class FileStatePage implements Page<FileStateView> {
  @ApiProperty({ type: [FileStateView] })
  readonly items: readonly FileStateView[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}

export class ReleaseBody {
  @ApiProperty({ example: 'notes/churn.md' })
  @IsPlainText(4_096)
  path: string;
}
