import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsIn, IsInt, IsString, Max, Min, ValidateIf } from 'class-validator';
import { Scope } from '@app/kernel';
import type { Draft, OnConflict } from '@app/project-config';

const ON_CONFLICT: readonly OnConflict[] = ['newest', 'dot', 'gitlab'];

/** May be left out, but not null. */
const Optional = () => ValidateIf((_, value) => value !== undefined);

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

  static draft({ projectId, ...more }: PlanBody): Draft | undefined {
    return projectId === undefined ? undefined : { projectId, ...more };
  }
}
