/** Compares as PostgreSQL's "C" collation orders UTF-8; JavaScript's own order differs beyond the basic plane. */
export function byCodePoint(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
