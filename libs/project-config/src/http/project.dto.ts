import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Optional } from '@app/http';
import { Scope } from '@app/kernel';
import type * as views from '../application/project.view';
import { REPORT_STATUSES, type ReportStatus } from '../domain/report-status';
import type { Publish } from '../domain/publishing';
import type { OnConflict } from '../domain/sync-target';
import { MergeRequestView } from './merge-request.dto';
import { PUBLISH, PublishingBody } from './publishing.dto';

const ON_CONFLICT: readonly OnConflict[] = ['newest', 'dot', 'gitlab'];

const DIRECTORIES = {
  type: String,
  isArray: true,
  example: Scope.defaultDirectories,
  description: 'Directories or files, relative to the repository; at most 100',
} as const;

class NewProject {
  @ApiProperty({ example: 'dot-context', maxLength: 255 })
  @IsString()
  @MaxLength(255)
  @Matches(/\S/, { message: 'name must not be blank' })
  @Matches(/^\P{Cc}*$/u, { message: 'name must not contain control characters' })
  name: string;
}

export class ConfigureBody extends PublishingBody {
  @ApiPropertyOptional({ example: 4, description: 'An existing project. Give either this or `create`.' })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  projectId?: number;

  @ApiPropertyOptional({
    type: NewProject,
    description: 'Creates a private project under the token’s namespace. Needs a Personal Access Token.',
  })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => NewProject)
  create?: NewProject;

  @ApiPropertyOptional({ example: 'main', description: 'The project’s default branch if absent' })
  @Optional()
  @IsString()
  branch?: string;

  @ApiPropertyOptional({ ...DIRECTORIES, default: Scope.defaultDirectories })
  @Optional()
  @IsArray()
  @IsString({ each: true })
  directories?: string[];

  @ApiPropertyOptional({
    enum: ON_CONFLICT,
    default: 'newest',
    description: 'First sync only: the side that wins if both have a file',
  })
  @Optional()
  @IsIn(ON_CONFLICT)
  onConflict?: OnConflict;
}

export class SettingsBody extends PublishingBody {
  @ApiPropertyOptional({ description: 'Push every change made in Dot automatically' })
  @Optional()
  @IsBoolean()
  autoSync?: boolean;

  @ApiPropertyOptional({ description: 'Pull every push to the branch automatically' })
  @Optional()
  @IsBoolean()
  autoPull?: boolean;

  @ApiPropertyOptional(DIRECTORIES)
  @Optional()
  @IsArray()
  @IsString({ each: true })
  directories?: string[];

  @ApiPropertyOptional({
    example: 'docs: ',
    maxLength: 100,
    description: 'Precedes the message of each commit, for projects with a rule on messages; blank for none',
  })
  @Optional()
  @IsString()
  @MaxLength(100)
  @Matches(/^[^\p{Cc}]*$/u, { message: 'messagePrefix must be a single line' })
  messagePrefix?: string;

  @ApiPropertyOptional({
    description:
      "Makes commits as the token's user, for projects with a rule on authors; credits the author in the message",
  })
  @Optional()
  @IsBoolean()
  fallbackAuthor?: boolean;

  @ApiPropertyOptional({
    enum: REPORT_STATUSES,
    description:
      'Posts the result of each pull of a commit by someone else as the status `dot/context` of that commit. `strict` posts ' +
      '`failed` if files are kept out: the pipeline fails, and a project that requires successful pipelines blocks the merge',
  })
  @Optional()
  @IsIn(REPORT_STATUSES)
  reportStatus?: ReportStatus;

  @ApiPropertyOptional({ example: 'main', description: 'Another branch starts over with a first sync' })
  @Optional()
  @IsString()
  branch?: string;
}

/** A sync target as shown to users. */
export class ProjectView implements views.ProjectView {
  @ApiProperty({ example: 4 })
  readonly projectId: number;
  @ApiProperty({ example: 'acme/context' })
  readonly pathWithNamespace: string;
  @ApiProperty({ example: 'https://gitlab.com/acme/context' })
  readonly webUrl: string;
  @ApiProperty({ example: 'main' })
  readonly branch: string;
  @ApiProperty(DIRECTORIES)
  readonly directories: readonly string[];
  @ApiProperty()
  readonly autoSync: boolean;
  @ApiProperty()
  readonly autoPull: boolean;
  @ApiProperty({ example: '', description: 'Precedes the message of each commit' })
  readonly messagePrefix: string;
  @ApiProperty({ description: "Whether the token's user makes the commits" })
  readonly fallbackAuthor: boolean;
  @ApiProperty({ enum: REPORT_STATUSES, description: 'Whether pulls post their result on the commit' })
  readonly reportStatus: ReportStatus;
  @ApiProperty({ enum: PUBLISH, description: 'How changes made in Dot reach the branch' })
  readonly publish: Publish;
  @ApiProperty({ example: 'dot/context', description: 'The branch of the merge request' })
  readonly workBranch: string;
  @ApiProperty({ example: 30, description: 'Seconds without an edit before changes are pushed to it' })
  readonly quietSeconds: number;
  @ApiProperty({ type: MergeRequestView, nullable: true, description: 'The merge request, as last seen' })
  readonly mergeRequest: MergeRequestView | null;
  @ApiProperty({ description: 'Whether Dot created the project' })
  readonly created: boolean;

  @ApiProperty({
    type: [String],
    example: ['DOCS matches nothing, because upper and lower case differ; name docs instead'],
    description:
      'The problems of the directories and their corrections: an entry that matches nothing, a pattern. Found when they were set. ' +
      'After `publish` was changed, also what the next push does with the changes that wait',
  })
  readonly warnings: readonly string[];
}
