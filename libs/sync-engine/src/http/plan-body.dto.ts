import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsInt, IsString, Max, Min, ValidateIf } from 'class-validator';
import { Optional } from '@app/http';
import { Scope } from '@app/kernel';
import { MOST_QUIET_SECONDS, type Draft, type OnConflict, type Publish } from '@app/project-config';

const ON_CONFLICT: readonly OnConflict[] = ['newest', 'dot', 'gitlab'];
const PUBLISH: readonly Publish[] = ['direct', 'merge_request'];

/** Target to plan for; defaults to the configured one if the body is empty. */
export class PlanBody {
  @ApiPropertyOptional({ example: 42, description: 'Needed with any of the others' })
  @ValidateIf((body: PlanBody) => Object.values(body).some((value) => value !== undefined))
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  projectId?: number;

  @ApiPropertyOptional({ example: 'main', description: 'The project’s default branch if absent' })
  @Optional()
  @IsString()
  branch?: string;

  @ApiPropertyOptional({
    type: String,
    isArray: true,
    example: Scope.defaultDirectories,
    default: Scope.defaultDirectories,
    description: 'Directories or files, relative to the repository; at most 100',
  })
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

  @ApiPropertyOptional({
    enum: PUBLISH,
    description:
      'Whether changes made in Dot become commits on the branch, or a merge request proposes them; `direct` at first',
  })
  @Optional()
  @IsIn(PUBLISH)
  publish?: Publish;

  @ApiPropertyOptional({
    example: 'dot/context',
    maxLength: 99,
    description: 'The branch of the merge request; `-2`, `-3` and so on are added while the name is taken',
  })
  @Optional()
  @IsString()
  workBranch?: string;

  @ApiPropertyOptional({
    example: 30,
    minimum: 0,
    maximum: MOST_QUIET_SECONDS,
    description: 'Seconds without an edit before changes are pushed to the work branch',
  })
  @Optional()
  @IsInt()
  @Min(0)
  @Max(MOST_QUIET_SECONDS)
  quietSeconds?: number;

  static draft({ projectId, ...more }: PlanBody): Draft | undefined {
    return projectId === undefined ? undefined : { projectId, ...more };
  }
}
