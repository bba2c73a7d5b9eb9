import { randomUUID } from 'node:crypto';
import { InMemoryTables } from '@app/database/testing';
import { orgId } from '@app/kernel';
import { InMemoryContextStore } from '../../testing/in-memory-context-store';
import { FileNotFound } from '../domain/context-store.errors';
import { ContextStoreSettings } from './context-store.settings';
import { ReadFiles } from './read-files';

const ORG = orgId('acme');
const ada = { name: 'Ada', email: 'ada@example.com' };

/** Holds back the answers to queries, and counts them. */
class SlowStore extends InMemoryContextStore {
  queries = 0;
  private held: (() => void)[] | null = null;

  hold(): void {
    this.held = [];
  }

  /** Answers the pending reads. */
  answer(): void {
    for (const answer of this.held?.splice(0) ?? []) answer();
  }

  override async read(...asked: Parameters<InMemoryContextStore['read']>) {
    return this.later(await super.read(...asked));
  }

  override async files(...asked: Parameters<InMemoryContextStore['files']>) {
    return this.later(await super.files(...asked));
  }

  private async later<T>(found: T): Promise<T> {
    this.queries++;
    await new Promise<void>((resolve) => (this.held ? this.held.push(resolve) : resolve()));
    return found;
  }
}

describe('reads of files', () => {
  let store: SlowStore;
  let files: ReadFiles;
  beforeEach(async () => {
    store = new SlowStore(new InMemoryTables());
    files = new ReadFiles(store, new ContextStoreSettings());
    for (const path of ['a.md', 'b.md', 'c.md']) await write(path, `first of ${path}`);
  });

  const write = (path: string, text: string) =>
    store.commit(ORG, {
      ...{ id: randomUUID(), author: ada, message: 'Edit', origin: 'user', at: new Date(0) },
      edits: [{ op: 'put', path, content: Buffer.from(text) }],
    });
  const read = async (path: string) => String((await files.read(ORG, path)).content);
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  /** Reads while another read is under way. */
  const readTogether = async (paths: readonly string[]) => {
    store.hold();
    const first = read('a.md');
    await turn();
    const others = paths.map((path) => read(path).catch((error: unknown) => error));
    return {
      finish: async () => {
        for (let answers = 0; answers < 5; answers++, await turn()) store.answer();
        return Promise.all([first, ...others]);
      },
    };
  };

  it('share a query if they arrive during another one', async () => {
    for (const path of ['a.md', 'b.md', 'c.md']) await read(path);
    store.queries = 0;
    const { finish } = await readTogether(['b.md', 'c.md', 'b.md']);
    expect(await finish()).toEqual(['first of a.md', 'first of b.md', 'first of c.md', 'first of b.md']);
    expect(store.queries).toBe(2);
  });

  it('return everything that was committed before they arrived, though an older query is under way', async () => {
    for (const path of ['a.md', 'b.md']) await read(path);
    const { finish } = await readTogether([]);
    await write('a.md', 'second');
    const again = read('a.md');
    const beside = read('b.md');
    await finish();
    expect(await Promise.all([again, beside])).toEqual(['second', 'first of b.md']);
  });

  it('return texts that were never read before, and refuse paths without a file, side by side', async () => {
    const { finish } = await readTogether(['b.md', 'missing.md']);
    expect(await finish()).toEqual(['first of a.md', 'first of b.md', expect.any(FileNotFound)]);
  });

  it('return a text that is larger than the cache', async () => {
    files = new ReadFiles(store, new ContextStoreSettings({ cacheBytes: 1 }));
    const { finish } = await readTogether(['b.md', 'c.md']);
    expect(await finish()).toEqual(['first of a.md', 'first of b.md', 'first of c.md']);
  });
});
