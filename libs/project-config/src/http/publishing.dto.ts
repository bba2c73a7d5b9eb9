import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { Optional } from '@app/http';
import { MOST_QUIET_SECONDS, type Publish } from '../domain/publishing';

export const PUBLISH: readonly Publish[] = ['direct', 'merge_request'];

/** Settings of how changes made in Dot reach the branch. */
export class PublishingBody {
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
}
