import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

export class RemoteFileQuery {
  @ApiProperty({ enum: ['gitlab'], description: "Dot's text is read by `…/context/files/{path}`" })
  @IsIn(['gitlab'])
  side: 'gitlab';
}
