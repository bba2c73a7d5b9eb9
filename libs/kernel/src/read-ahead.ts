/**
 * Yields the items of `source`, which works on the next one while the reader works on this one. If the reader stops,
 * the source ends before the error or the return reaches the caller.
 */
export async function* readAhead<T>(source: AsyncIterable<T>): AsyncGenerator<T, void> {
  const items = source[Symbol.asyncIterator]();
  const begin = () => {
    const item = items.next();
    item.catch(() => undefined); // thrown to the reader when it asks for the item
    return item;
  };
  let ahead = begin();
  try {
    for (;;) {
      const item = await ahead;
      if (item.done) return;
      ahead = begin();
      yield item.value;
    }
  } finally {
    await ahead.catch(() => undefined);
    await items.return?.();
  }
}
