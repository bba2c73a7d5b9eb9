import { ApiProperty } from '@nestjs/swagger';
import type { Author } from '@app/kernel';

/** An author as shown to people: invisible characters are spelled out. */
export class AuthorView implements Author {
  @ApiProperty({ example: 'Ada' })
  readonly name: string;
  @ApiProperty({ example: 'ada@example.com' })
  readonly email: string;
}
