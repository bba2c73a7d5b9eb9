import { ApiProperty } from '@nestjs/swagger';
import { inert, type Author } from '@app/kernel';

/** An author as shown to people: invisible characters are spelled out. */
export class AuthorView {
  @ApiProperty({ example: 'Ada' })
  readonly name: string;
  @ApiProperty({ example: 'ada@example.com' })
  readonly email: string;

  static from({ name, email }: Author): AuthorView {
    return { name: inert(name), email: inert(email) };
  }
}
