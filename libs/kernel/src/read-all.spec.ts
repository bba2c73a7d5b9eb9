import { readAll } from './read-all';

const ROWS = [1, 2, 3, 4, 5];

describe('readAll', () => {
  it.each([1, 2, 4, 5, 6])('yields each row once in pages of %i', async (limit) => {
    const read: number[] = [];
    const after = async (last: number | null) => ROWS.filter((row) => row > (last ?? 0)).slice(0, limit);
    for await (const row of readAll(after, limit)) read.push(row);
    expect(read).toEqual(ROWS);
  });

  it('reads no page after the reader stopped', async () => {
    let pages = 0;
    const endless = async () => [++pages];
    for await (const row of readAll(endless, 1)) if (row === 2) break;
    expect(pages).toBe(2);
  });
});
