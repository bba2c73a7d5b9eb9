import { randomUUID } from 'node:crypto';
import { InMemoryContextStore } from '@app/context-store/testing';
import { InMemoryTables } from '@app/database/testing';
import { byCodePoint, orgId } from '@app/kernel';
import { InMemoryBaseEntries } from '../../../testing/in-memory-base-entries';
import { PathWindows } from './path-windows';

const ORG = orgId('acme');
const ada = { name: 'Ada', email: 'ada@example.com' };

/** The last two are in another order by UTF-16. */
const PATHS = ['A.md', 'a.md', 'b.md', 'c/d.md', 'é.md', '\uff5e.md', '\u{1f600}.md'];

describe('windows of paths', () => {
  /** A number says by its bits which of the paths a side has. */
  const chosen = (bits: number) => PATHS.filter((_, index) => bits & (1 << index));
  const given = async (agreed: readonly string[], inDot: readonly string[]) => {
    const tables = new InMemoryTables();
    const [entries, store] = [new InMemoryBaseEntries(tables), new InMemoryContextStore(tables)];
    const entry = { remote: '1', local: '1', supersededUpTo: 0, seenAt: null };
    await entries.agree(ORG, new Map(agreed.map((path) => [path, entry])));
    await store.commit(ORG, {
      ...{ id: randomUUID(), author: ada, message: 'Edit', origin: 'user', at: new Date(0) },
      edits: inDot.map((path) => ({ op: 'put', path, content: Buffer.from('text') })),
    });
    return new PathWindows(entries, store);
  };

  it.each([1, 2, 3, 10])('show each path of each side once, in order, with %i at a time', async (size) => {
    for (const [agreed, inDot] of [
      [127, 127],
      [0, 127],
      [127, 0],
      [85, 42],
      [1, 126],
      [3, 96],
      [0, 0],
    ].map((sides) => sides.map(chosen))) {
      const [base, files]: string[][] = [[], []];
      let from = '';
      for await (const window of (await given(agreed, inDot)).read(ORG, size)) {
        expect(window.from).toBe(from);
        const seen = [...window.base.keys(), ...window.files.keys()];
        for (const path of seen) expect(byCodePoint(path, from)).toBeGreaterThan(0);
        base.push(...window.base.keys());
        files.push(...window.files.keys());
        from = window.upTo ?? '';
      }
      expect([base, files]).toEqual([agreed, inDot]);
    }
  });

  it('begin after any path, also one that does not exist', async () => {
    const windows = await given(PATHS, PATHS);
    const first = await windows.read(ORG, 2, { after: 'b' }).next();
    expect([...first.value!.files.keys()]).toEqual(['b.md', 'c/d.md']);
  });

  it('show only the requested paths, and absent ones as missing', async () => {
    const windows = await given(chosen(7), chosen(14));
    const seen: string[][] = [];
    for await (const { base, files } of windows.readOnly(ORG, ['z.md', 'c/d.md', 'a.md', 'A.md'], 2, {
      after: 'A.md',
    }))
      seen.push([...base.keys()], [...files.keys()]);
    expect(seen).toEqual([['a.md'], ['a.md', 'c/d.md'], [], []]);
  });
});
