import { CursorInvalid, decodeCursor, encodeCursor, type Page, type PageRequest } from '@app/kernel';
import { KEPT_DELIVERIES } from '../application/deliveries.port';
import type { Delivery } from '../domain/delivery';

interface Positioned {
  readonly position: number;
  readonly delivery: Delivery;
}

/** A page of the log, newest first; `read` answers the first `limit` entries below a position. */
export async function pageBelow(
  { limit = KEPT_DELIVERIES, cursor }: PageRequest,
  read: (position: number, limit: number) => Promise<readonly Positioned[]>,
): Promise<Page<Delivery>> {
  const entries = await read(cursor ? positionOf(cursor) : Number.MAX_SAFE_INTEGER, limit + 1);
  const shown = entries.slice(0, limit);
  const nextCursor = entries.length > limit ? encodeCursor([shown[shown.length - 1]!.position]) : null;
  return { items: shown.map(({ delivery }) => delivery), nextCursor };
}

function positionOf(cursor: string): number {
  const [position] = decodeCursor(cursor);
  if (!Number.isSafeInteger(position)) throw new CursorInvalid();
  return position as number;
}
