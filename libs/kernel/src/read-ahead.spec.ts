import { readAhead } from './read-ahead';

describe('Reading ahead', () => {
  let log: string[];
  beforeEach(() => (log = []));

  /** Yields the numbers up to `last`, and then fails if there is a `failure`. */
  async function* numbers(last: number, failure?: Error): AsyncGenerator<number> {
    try {
      for (let number = 1; number <= last; number++) {
        log.push(`made ${number}`);
        yield number;
      }
      if (failure) throw failure;
    } finally {
      log.push('ended');
    }
  }

  async function all(source: AsyncIterable<number>): Promise<number[]> {
    const taken = [];
    for await (const number of source) taken.push(number);
    return taken;
  }

  it.each([[[]], [[1]], [[1, 2, 3, 4]]])('yields the items of the source in order: %j', async (items) => {
    expect(await all(readAhead(numbers(items.length)))).toEqual(items);
  });

  it('lets the source work on one more item, and only one, while the reader has the item', async () => {
    const reading = readAhead(numbers(9));
    await reading.next();
    expect(log).toEqual(['made 1', 'made 2']);
    await reading.next();
    expect(log).toEqual(['made 1', 'made 2', 'made 3']);
    await reading.return();
  });

  it('fails with the source, after the items that came before', async () => {
    const reading = readAhead(numbers(1, new Error('as expected by the spec')));
    expect(await reading.next()).toEqual({ done: false, value: 1 });
    await expect(reading.next()).rejects.toThrow('as expected by the spec');
  });

  it.each([
    ['stops', async (reading: AsyncGenerator<number>) => void (await reading.return(undefined))],
    [
      'fails',
      async (reading: AsyncGenerator<number>) => void (await reading.throw(new Error()).catch(() => 0)),
    ],
  ])('ends the source when the reader %s', async (_, stop) => {
    const reading = readAhead(numbers(9));
    await reading.next();
    await stop(reading);
    expect(log).toEqual(['made 1', 'made 2', 'ended']);
  });

  it('hides no failure of a source whose reader has stopped', async () => {
    const reading = readAhead(numbers(1, new Error('nobody reads it')));
    await reading.next();
    await expect(reading.return()).resolves.toEqual({ done: true, value: undefined });
    expect(log.at(-1)).toBe('ended');
  });
});
