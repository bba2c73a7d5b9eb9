import { DomainError } from './domain-error';

/** Position in a list ↔ the opaque text clients see. */
export function encodeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws CursorInvalid when it is not one of ours */
export function decodeCursor(cursor: string): (string | number)[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position) && position.every((part) => ['string', 'number'].includes(typeof part)))
      return position;
  } catch {
    // falls through: not ours
  }
  throw new CursorInvalid();
}

export class CursorInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor() {
    super('The cursor is not one this list gave out. Start again without a cursor.', {
      errors: [{ field: 'cursor', detail: 'not a cursor of this list' }],
    });
  }
}
