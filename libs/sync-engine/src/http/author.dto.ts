import { ApiProperty } from '@nestjs/swagger';
import type { Author } from '@app/kernel';

export class AuthorView implements Author {
  @ApiProperty({ example: 'Ada' })
  readonly name: string;
  @ApiProperty({ example: 'ada@example.com' })
  readonly email: string;
}
