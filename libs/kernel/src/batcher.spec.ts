import { Batcher } from './batcher';
import { DatabaseUnavailable } from './database-unavailable';

/** Doubles numbers. Each batch ends when the test says so. */
function givenBatcher(most = 10) {
  const batches: { items: readonly number[]; finish: (error?: Error) => void }[] = [];
  const batcher = new Batcher<number, number>(
    (items) =>
      new Promise((resolve, reject) => {
        const finish = (error?: Error) => (error ? reject(error) : resolve(items.map((item) => item * 2)));
        batches.push({ items, finish });
      }),
    most,
  );
  return { batcher, batches };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('A batcher', () => {
  it('processes the first immediately, and later ones in one batch', async () => {
    const { batcher, batches } = givenBatcher();
    const results = [1, 2, 3].map((item) => batcher.do(item));
    expect(batches.map(({ items }) => items)).toEqual([[1]]);
    batches[0].finish();
    await turn();
    batches[1].finish();
    expect(await Promise.all(results)).toEqual([2, 4, 6]);
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  });

  it('takes no more at a time than it may', async () => {
    const { batcher, batches } = givenBatcher(2);
    const results = [1, 2, 3, 4].map((item) => batcher.do(item));
    for (let number = 0; number < 3; number++) {
      batches[number].finish();
      await turn();
    }
    expect(batches.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
    expect(await Promise.all(results)).toEqual([2, 4, 6, 8]);
  });

  it('continues after a failed batch, which fails only for its own items', async () => {
    const { batcher, batches } = givenBatcher();
    const first = batcher.do(1);
    const second = batcher.do(2);
    batches[0].finish(new Error('no'));
    await expect(first).rejects.toThrow('no');
    batches[1].finish();
    expect(await second).toBe(4);
    const third = batcher.do(3);
    await turn();
    batches[2].finish();
    expect(await third).toBe(6);
  });

  it('fails all waiting items immediately if the database is unavailable, as they would fail too', async () => {
    const { batcher, batches } = givenBatcher(1);
    const results = Promise.allSettled([1, 2, 3].map((item) => batcher.do(item)));
    batches[0].finish(new DatabaseUnavailable('gone'));
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    const next = batcher.do(4);
    batches[1].finish();
    expect(await next).toBe(8);
  });
});
