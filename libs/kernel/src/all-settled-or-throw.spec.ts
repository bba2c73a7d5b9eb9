import { allSettledOrThrow } from '@app/kernel';

describe('allSettledOrThrow', () => {
  it('answers what each answers, in their order', async () => {
    expect(
      await allSettledOrThrow(Promise.resolve('slow').then(String), 'at once', Promise.resolve(3)),
    ).toEqual(['slow', 'at once', 3]);
  });

  it('fails with the first that failed, and only when all are over', async () => {
    const over: string[] = [];
    const part = async (name: string, turns: number) => {
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      over.push(name);
      if (name !== 'fine') throw new Error(name);
    };
    await expect(allSettledOrThrow(part('fine', 9), part('late', 6), part('early', 0))).rejects.toThrow(
      'late',
    );
    expect(over).toEqual(['early', 'late', 'fine']);
  });
});
