import { CursorInvalid, decodeCursor, encodeCursor } from '@app/kernel';
import type { Page, PageRequest } from '@app/kernel';

const [DEFAULT_LIMIT, MOST] = [50, 200];

/** A page of a list ordered by `position`, starting after the one the cursor names. */
export function pageOf<T, V>(
  all: readonly T[],
  { limit = DEFAULT_LIMIT, cursor }: PageRequest,
  position: (item: T) => string | number,
  view: (item: T) => V,
): Page<V> {
  const [after, ...others] = cursor ? decodeCursor(cursor) : [];
  const fits = after === undefined ? !cursor : all.every((item) => typeof position(item) === typeof after);
  if (!fits || others.length) throw new CursorInvalid();
  const rest = after === undefined ? all : all.filter((item) => position(item) > after);
  const items = rest.slice(0, Math.min(limit, MOST));
  const more = rest.length > items.length;
  return {
    items: items.map(view),
    nextCursor: more ? encodeCursor([position(items[items.length - 1])]) : null,
  };
}
