const PAGE = 200;

/** Yields all rows, page by page. `read` returns at most `limit` rows that follow `last`; null is the beginning. */
export async function* readAll<Row>(
  read: (last: Row | null, limit: number) => Promise<readonly Row[]>,
  limit = PAGE,
): AsyncGenerator<Row> {
  let page: readonly Row[];
  let last: Row | null = null;
  do {
    page = await read(last, limit);
    yield* page;
    last = page.at(-1) ?? null;
  } while (page.length === limit);
}
