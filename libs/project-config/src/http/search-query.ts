import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '@app/http';

export class SearchQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of the name, such as `context`' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  @Matches(/^\P{Cc}*$/u, { message: 'search must not contain control characters' })
  search?: string;
}
