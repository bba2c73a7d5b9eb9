/** One page of a list. `nextCursor` is opaque; null on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** Says which page of a list to return. */
export interface PageRequest {
  /** 1 to 200; defaults to 50. */
  readonly limit?: number;
  readonly cursor?: string | null;
}

export function mapPage<A, B>({ items, nextCursor }: Page<A>, map: (item: A) => B): Page<B> {
  return { items: items.map((item) => map(item)), nextCursor };
}
