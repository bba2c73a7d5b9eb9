import { InMemoryTables, InMemoryTransactions } from '@app/database/testing';
import { EventBus, ManualClock, orgId, Scope } from '@app/kernel';
import { inMemoryContextFiles } from '../../testing';
import type { Authorship, FileEdit } from './edit-files';

const ORG = orgId('acme');
const ADA = { name: 'Ada', email: 'ada@example.com' };
/** Put together at run time, so that no scanner reports this file as a leak. */
const TOKEN = `glpat-${'a1B2c3D4e5F6g7H8i9J0'}`;
const BY: Authorship = { author: ADA, origin: 'user' };
const text = Buffer.from('text');

function givenFiles() {
  const tables = new InMemoryTables();
  const clock = new ManualClock();
  const scope = { scopeOf: () => Promise.resolve(new Scope(['notes'])) };
  const parts = { tables, transactions: new InMemoryTransactions(tables), events: new EventBus() };
  const { store, files } = inMemoryContextFiles({ ...parts, scope, clock });
  return {
    ...{ store, files },
    /** Writes a file as a pull does, which accepts any name. */
    pulled: (path: string, runId = 'run') =>
      store.commit(ORG, {
        ...{ id: `pull ${path}`, author: ADA, message: 'Pull', origin: 'gitlab', at: clock.now(), runId },
        edits: [{ op: 'put', path, content: text }],
      }),
    messages: async () => (await store.history(ORG, { limit: 10 })).items.map(({ message }) => message),
  };
}

describe('An edit', () => {
  const named = (path: string): FileEdit => ({ op: 'put', path, content: text });

  it.each<[string, string, FileEdit[], Partial<Authorship>]>([
    ['message', 'The message holds a GitLab token', [named('notes/a.md')], { message: `use ${TOKEN}` }],
    ['message', 'The message holds invisible text', [named('notes/a.md')], { message: 'a\u{E0041}' }],
    [
      'message',
      'The message is longer than 65536 characters',
      [named('notes/a.md')],
      { message: 'a'.repeat(70_000) },
    ],
    [
      'author',
      "The author's name holds a GitLab token",
      [named('notes/a.md')],
      { author: { ...ADA, name: TOKEN } },
    ],
    [
      'author',
      "The author's email address holds invisible text",
      [named('notes/a.md')],
      { author: { ...ADA, email: 'a\u3164@x.org' } },
    ],
    ['path', 'The name of the file holds a GitLab token', [named(`notes/${TOKEN}.md`)], {}],
    [
      'path',
      'The name of the file holds a control character that changes the direction of the text',
      [{ op: 'move', from: 'notes/known.md', path: 'notes/gpj.\u202Edm' }],
      {},
    ],
    [
      'changes.1.path',
      'The name in change 1 holds a GitLab token',
      [named('notes/a.md'), named(`notes/${TOKEN}.md`)],
      {},
    ],
    [
      'message',
      'The message holds a GitLab token',
      [{ op: 'delete', path: 'notes/known.md' }],
      { message: TOKEN },
    ],
  ])('is refused for its %s: %s', async (field, sentence, edits, by) => {
    const { store, files, pulled } = givenFiles();
    await pulled('notes/known.md');
    const refusal = files.change(ORG, edits, { ...BY, ...by });
    await expect(refusal).rejects.toMatchObject({
      code: 'content_invalid',
      message: expect.stringContaining(`${sentence}.`),
      errors: [{ field, detail: expect.any(String) }],
    });
    const error = await refusal.catch((error: Error) => error);
    expect(JSON.stringify([error, (error as Error).message])).not.toMatch(/glpat|\u202E|\u{E0041}|\u3164/u);
    expect(await store.revision(ORG)).toBe(1);
  });

  it('is refused for the message of a restore and of undoing a run', async () => {
    const { store, files, pulled } = givenFiles();
    const { versions } = await pulled('notes/a.md');
    const by = { ...BY, message: TOKEN };
    const code = 'content_invalid';
    await expect(files.restore(ORG, 'notes/a.md', versions[0].id, by)).rejects.toMatchObject({ code });
    await expect(files.undo(ORG, 'run', by)).rejects.toMatchObject({ code });
    expect(await store.revision(ORG)).toBe(1);
  });

  it('is not refused for a name the org has already, which its own messages show inert', async () => {
    const { files, pulled, messages } = givenFiles();
    const [leaky, turned] = [`notes/${TOKEN}.md`, 'notes/gpj.\u202Edm'];
    for (const path of [leaky, turned]) await pulled(path);
    await files.write(ORG, leaky, Buffer.from('more'), BY);
    await files.delete(ORG, turned, BY);
    await files.change(ORG, [{ op: 'move', from: leaky, path: 'notes/a.md' }], BY);
    expect((await messages()).slice(0, 5)).toEqual([
      'Move notes/[redacted].md to notes/a.md',
      'Move notes/[redacted].md to notes/a.md',
      'Delete notes/gpj.\\u{202E}dm',
      'Update notes/[redacted].md',
      'Pull',
    ]);
  });

  it('keeps legal names, authors and messages', async () => {
    const { files, messages } = givenFiles();
    const by = { ...BY, author: { ...ADA, name: 'آدا می‌خواهد' }, message: 'Explain ❄️\n\n\t- 👩‍💻\r\n' };
    await files.write(ORG, 'notes/❄️ می‌خواهم.md', text, by);
    expect(await messages()).toEqual(['Explain ❄️\n\n\t- 👩‍💻']);
  });
});
