import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '@app/http';

export class SearchQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Part of the name', example: 'context' })
  @IsOptional()
  @IsString()
  @MaxLength(255)
  search?: string;
}
