import { DomainError } from './domain-error';

/** Encodes a position in a list as the opaque text that clients receive. */
export function encodeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws CursorInvalid if `encodeCursor` did not make the cursor */
export function decodeCursor(cursor: string): (string | number)[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(position) && position.every((part) => ['string', 'number'].includes(typeof part)))
      return position;
  } catch {
    // falls through: not a cursor
  }
  throw new CursorInvalid();
}

export class CursorInvalid extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'validation_failed';
  constructor() {
    super('The cursor does not belong to this list. Start again without a cursor.', {
      errors: [{ field: 'cursor', detail: 'not a cursor of this list' }],
    });
  }
}
