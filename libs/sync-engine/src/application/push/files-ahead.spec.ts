import type { ContextFile } from '@app/context-store';
import { Scope } from '@app/kernel';
import { SyncPolicy } from '../../domain/sync-policy';
import type { PathWindow } from '../windows/path-windows';
import { findFilesAhead } from './files-ahead';

const policy = new SyncPolicy({ id: 'one', scope: new Scope(['docs']), onConflict: 'newest' });
const MIB = 1024 * 1024;
const NONE = new Set<string>();

function fileAt(path: string, size: number): ContextFile {
  const by = { updatedAt: new Date(0), updatedBy: { name: 'Ada', email: 'ada@example.com' } };
  return { path, blob: path, size, version: path, revision: 1, origin: 'user', ...by };
}

/** Windows of files that only Dot has; `read` counts those that were asked for. */
function windowsOf(windows: readonly (readonly string[])[], { size = 10, revisions = [1] } = {}) {
  const count = { read: 0 };
  async function* each(): AsyncGenerator<PathWindow> {
    for (const [index, paths] of windows.entries()) {
      count.read++;
      const files = new Map(paths.map((path) => [path, fileAt(path, size)]));
      const revision = revisions[index] ?? revisions[0];
      const upTo = index === windows.length - 1 ? null : paths.at(-1)!;
      yield { from: '', upTo, base: new Map(), files, revision };
    }
  }
  return { count, windows: each() };
}

describe('The files of the next commit', () => {
  it('are read only as far as one commit reaches', async () => {
    const { count, windows } = windowsOf([
      ['docs/a.md', 'docs/b.md'],
      ['docs/c.md'],
      ['docs/d.md'],
      ['docs/e.md'],
      ['docs/f.md'],
    ]);
    const ahead = await findFilesAhead(windows, 1, policy, { passed: NONE, most: 2 });
    expect(ahead).toMatchObject({
      batch: ['docs/a.md', 'docs/b.md'],
      completes: false,
    });
    expect(count.read).toBe(2);
  });

  it('are read only as far as the bytes of one commit reach', async () => {
    const { count, windows } = windowsOf(
      [['docs/a.md', 'docs/b.md'], ['docs/c.md'], ['docs/d.md', 'docs/e.md'], ['docs/f.md']],
      {
        size: 6 * MIB,
      },
    );
    const ahead = await findFilesAhead(windows, 1, policy, { passed: NONE, most: 100 });
    expect(ahead).toMatchObject({
      batch: ['docs/a.md', 'docs/b.md'],
      completes: false,
    });
    expect(count.read).toBe(2);
  });

  it('end with the org', async () => {
    const { windows } = windowsOf([['docs/a.md', 'docs/held.md'], ['docs/b.md']]);
    const ahead = await findFilesAhead(windows, 1, policy, { passed: new Set(['docs/held.md']), most: 2 });
    expect(ahead).toMatchObject({
      batch: ['docs/a.md', 'docs/b.md'],
      completes: true,
      revision: 1,
    });
  });

  it('end with the org if they are as many as one commit may carry', async () => {
    const { count, windows } = windowsOf([['docs/a.md', 'docs/b.md'], []]);
    const ahead = await findFilesAhead(windows, 1, policy, { passed: NONE, most: 2 });
    expect(ahead).toMatchObject({ batch: ['docs/a.md', 'docs/b.md'], completes: true });
    expect(count.read).toBe(2);
  });

  it('wait for a change that is made in Dot meanwhile', async () => {
    const { windows } = windowsOf([['docs/a.md'], ['docs/b.md']], { revisions: [1, 2] });
    expect(await findFilesAhead(windows, 1, policy, { passed: NONE, most: 2 })).toBeNull();
  });
});
