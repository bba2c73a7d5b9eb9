import { CursorInvalid, decodeCursor, encodeCursor } from './cursor';
import type { Page } from './page';

/**
 * Reads the position from the cursor; returns `start` without a cursor.
 * @throws CursorInvalid if the cursor belongs to another list
 */
export function positionOf<P extends readonly (string | number)[]>(
  cursor: string | null | undefined,
  start: P,
): P {
  if (!cursor) return start;
  const position = decodeCursor(cursor);
  const alike = start.every((part, index) =>
    typeof part === 'number' ? Number.isSafeInteger(position[index]) : isText(position[index]),
  );
  if (!alike || position.length !== start.length) throw new CursorInvalid();
  return position as readonly (string | number)[] as P;
}

/** `rows` contains one more than `limit` if there is a next page. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  position: (row: T) => (string | number)[],
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > limit ? encodeCursor(position(last)) : null };
}

/** PostgreSQL cannot store a text with NUL. */
function isText(part: unknown): boolean {
  return typeof part === 'string' && !part.includes('\0');
}
