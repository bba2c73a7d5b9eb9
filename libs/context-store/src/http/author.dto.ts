import { ApiProperty } from '@nestjs/swagger';

export class AuthorView {
  @ApiProperty({ example: 'Ada' })
  readonly name: string;
  @ApiProperty({ example: 'ada@example.com' })
  readonly email: string;
}
