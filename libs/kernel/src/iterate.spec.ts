import { of, Subject, throwError } from 'rxjs';
import { iterate } from './iterate';

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const taken = [];
  for await (const value of values) taken.push(value);
  return taken;
}

describe('The values of a source, one after the other', () => {
  it('end with the source, whose last value is never skipped', async () => {
    expect(await all(iterate(of('only')))).toEqual(['only']);
    expect(await all(iterate(of(1, 2, 3)))).toEqual([3]);
  });

  it('skip what a slow reader has missed', async () => {
    const source = new Subject<number>();
    const values = iterate(source);
    const first = values.next();
    source.next(1);
    expect((await first).value).toBe(1);
    source.next(2);
    source.next(3);
    expect((await values.next()).value).toBe(3);
    await values.return();
    expect(source.observed).toBe(false);
  });

  it('end when the reader aborts, and let the source end', async () => {
    const [source, reader] = [new Subject<number>(), new AbortController()];
    const values = iterate(source, reader.signal);
    const waiting = values.next();
    reader.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(source.observed).toBe(false);
  });

  it('fail with the source', async () => {
    await expect(all(iterate(throwError(() => new Error('gone'))))).rejects.toThrow('gone');
  });
});
