import { applyDecorators } from '@nestjs/common';
import { IsString, Matches, MaxLength } from 'class-validator';

/** Accepts only text that PostgreSQL can store. */
export function IsPlainText(maxLength: number) {
  const noNul = Matches(/^[^\0]*$/, { message: '$property must not contain NUL characters' });
  return applyDecorators(IsString(), MaxLength(maxLength), noNul);
}
