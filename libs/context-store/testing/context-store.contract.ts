import { randomUUID } from 'node:crypto';
import { blobOf, orgId, type OrgId, type Transactions } from '@app/kernel';
import { globalRunner, type ContractRunner } from '@app/kernel/testing';
import type { ContextStore } from '../src/application/context-store.port';
import type { Edit, NewChange } from '../src/domain/change';
import {
  FileNotFound,
  PathNotAllowed,
  QuotaExceeded,
  VersionConflict,
} from '../src/domain/context-store.errors';

/** A store to check, with its surroundings. */
export interface ContextStoreSubject {
  readonly store: ContextStore;
  /** Absent for a store that does not take part in the transactions of GitLab Sync. */
  readonly transactions?: Transactions;
}

const ada = { name: 'Ada', email: 'ada@example.com' };
const bob = { name: 'Bob', email: 'bob@example.com' };
const AT = new Date('2026-03-01T10:00:00.000Z');

const put = (path: string, text: string): Edit => ({ op: 'put', path, content: Buffer.from(text) });
const remove = (path: string): Edit => ({ op: 'delete', path });
const move = (from: string, path: string, text?: string): Edit => ({
  op: 'move',
  from,
  path,
  ...(text !== undefined && { content: Buffer.from(text) }),
});
const keep = (path: string, text: string | null): Edit => ({
  op: 'keep',
  path,
  content: text === null ? null : Buffer.from(text),
  author: bob,
  at: new Date('2026-02-02T02:02:02.000Z'),
});
const blob = (text: string) => blobOf(Buffer.from(text));

function change(edits: readonly Edit[], more: Partial<NewChange> = {}): NewChange {
  return { id: randomUUID(), author: ada, message: 'A message', origin: 'user', at: AT, edits, ...more };
}

/** Describes what every context store must do. Nothing may rely on behaviour that is not listed here. */
export function contextStoreContract(
  makeStore: () => ContextStoreSubject | Promise<ContextStoreSubject>,
  runner: ContractRunner = globalRunner(),
): void {
  const { describe, it, beforeEach, expect } = runner;

  describe('context store contract', () => {
    let store: ContextStore;
    let transactions: Transactions | undefined;
    let org: OrgId;

    beforeEach(async () => {
      ({ store, transactions } = await makeStore());
      org = orgId(`org-${randomUUID()}`);
    });

    const commit = (...edits: Edit[]) => store.commit(org, change(edits));
    const texts = async () => {
      const { files } = await store.snapshot(org);
      const contents = await store.contents(
        org,
        [...files.values()].map((file) => file.blob),
      );
      return Object.fromEntries(
        [...files].map(([path, file]) => [path, contents.get(file.blob)?.toString()]),
      );
    };

    describe('an empty store', () => {
      it('is at revision 0 and holds nothing', async () => {
        expect(await store.revision(org)).toBe(0);
        expect(await store.usage(org)).toEqual({ bytes: 0, files: 0 });
        expect(await store.list(org, {})).toEqual({ revision: 0, items: [], nextCursor: null });
        expect(await store.snapshot(org)).toEqual({ revision: 0, files: new Map() });
        expect(await store.file(org, 'notes/a.md')).toEqual({ revision: 0, file: null });
        expect(await store.files(org, ['notes/a.md'])).toEqual({ revision: 0, files: new Map() });
        expect(await store.history(org, {})).toEqual({ items: [], nextCursor: null });
        expect(await store.version(org, 'none')).toBeNull();
        expect(await store.version(org, 'no\0ne')).toBeNull();
        expect(await store.changesAfter(org, 0, 10)).toEqual([]);
        expect(await store.changesOfRun(org, 'none')).toEqual([]);
      });
    });

    describe('a change', () => {
      it('becomes one revision with everything in it', async () => {
        const made = await store.commit(
          org,
          change([put('notes/a.md', 'A'), put('notes/b.md', 'B')], { id: 'c1', origin: 'agent' }),
        );
        expect(made).toEqual({
          id: 'c1',
          revision: 1,
          author: ada,
          message: 'A message',
          origin: 'agent',
          at: AT,
          runId: null,
          commit: null,
          versions: [
            { id: made.versions[0].id, path: 'notes/a.md', op: 'put', blob: blob('A'), from: null },
            { id: made.versions[1].id, path: 'notes/b.md', op: 'put', blob: blob('B'), from: null },
          ],
        });
        expect(await store.file(org, 'notes/a.md')).toEqual({
          revision: 1,
          file: {
            path: 'notes/a.md',
            blob: blob('A'),
            size: 1,
            version: made.versions[0].id,
            revision: 1,
            updatedAt: AT,
            updatedBy: ada,
            origin: 'agent',
          },
        });
        expect(await texts()).toEqual({ 'notes/a.md': 'A', 'notes/b.md': 'B' });
      });

      it('reads a file with its bytes, but for those that are known, at the newest revision', async () => {
        expect(await store.read(org, 'notes/a.md', null)).toEqual({ revision: 0, file: null, content: null });
        await commit(put('notes/a.md', 'A'));
        await commit(put('notes/b.md', ''));
        const { file } = await store.file(org, 'notes/a.md');
        const read = (path: string, known: string | null) => store.read(org, path, known && blob(known));
        expect(await read('notes/a.md', null)).toEqual({ revision: 2, file, content: Buffer.from('A') });
        expect(await read('notes/a.md', 'older')).toEqual({ revision: 2, file, content: Buffer.from('A') });
        expect(await read('notes/a.md', 'A')).toEqual({ revision: 2, file, content: null });
        expect(await read('notes/b.md', null)).toMatchObject({ file: { size: 0 }, content: Buffer.alloc(0) });
        expect(await read('notes/c.md', 'A')).toEqual({ revision: 2, file: null, content: null });
      });

      it('keeps every byte', async () => {
        const content = Buffer.from('\uFEFF# Ünï 💡\r\n\0\n');
        await store.commit(org, change([{ op: 'put', path: 'notes/ü 💡#?%.md', content }]));
        const { file } = await store.file(org, 'notes/ü 💡#?%.md');
        expect((await store.contents(org, [file!.blob])).get(file!.blob)).toEqual(content);
        expect(file!.size).toBe(content.length);
      });

      it('keeps an empty file, which is not a missing one', async () => {
        await commit(put('notes/empty.md', ''));
        expect(await texts()).toEqual({ 'notes/empty.md': '' });
      });

      it('deletes', async () => {
        await commit(put('notes/a.md', 'A'));
        const made = await commit(remove('notes/a.md'));
        expect(made.versions).toMatchObject([{ path: 'notes/a.md', op: 'delete', blob: null, from: null }]);
        expect(await texts()).toEqual({});
      });

      it('moves as two versions, with the bytes or with new ones', async () => {
        await commit(put('notes/a.md', 'A'), put('notes/b.md', 'B'));
        const made = await commit(move('notes/a.md', 'notes/c.md'), move('notes/b.md', 'notes/d.md', 'D'));
        expect(made.versions).toMatchObject([
          { path: 'notes/a.md', op: 'delete', blob: null, from: null },
          { path: 'notes/c.md', op: 'put', blob: blob('A'), from: 'notes/a.md' },
          { path: 'notes/b.md', op: 'delete', blob: null, from: null },
          { path: 'notes/d.md', op: 'put', blob: blob('D'), from: 'notes/b.md' },
        ]);
        expect(await texts()).toEqual({ 'notes/c.md': 'A', 'notes/d.md': 'D' });
      });

      it('applies its edits one after the other', async () => {
        await commit(put('notes/a.md', 'A'));
        await commit(
          move('notes/a.md', 'notes/b.md'),
          put('notes/a.md', 'new A'),
          put('notes/b.md', 'new B'),
        );
        expect(await texts()).toEqual({ 'notes/a.md': 'new A', 'notes/b.md': 'new B' });
      });

      it('keeps a text that lost without touching the file', async () => {
        await commit(put('notes/a.md', 'A'));
        const made = await commit(keep('notes/a.md', 'lost'), keep('notes/gone.md', null));
        expect(made.versions).toMatchObject([
          { path: 'notes/a.md', op: 'keep', blob: blob('lost'), from: null },
          { path: 'notes/gone.md', op: 'keep', blob: null, from: null },
        ]);
        expect(await texts()).toEqual({ 'notes/a.md': 'A' });
        expect(await store.version(org, made.versions[0].id)).toMatchObject({
          author: bob,
          at: new Date('2026-02-02T02:02:02.000Z'),
        });
        expect((await store.contents(org, [blob('lost')])).get(blob('lost'))).toEqual(Buffer.from('lost'));
      });

      it('is made once, however often its id is committed', async () => {
        const once = change([put('notes/a.md', 'A')]);
        const first = await store.commit(org, once);
        await commit(put('notes/a.md', 'B'));
        expect(await store.commit(org, once)).toEqual(first);
        expect(await texts()).toEqual({ 'notes/a.md': 'B' });
        expect(await store.revision(org)).toBe(2);
      });

      it('leaves no trace when it changes nothing', async () => {
        await commit(put('notes/a.md', 'A'));
        const made = await commit(put('notes/a.md', 'A'), move('notes/a.md', 'notes/a.md'));
        expect(made).toMatchObject({ revision: 1, versions: [] });
        expect(await store.revision(org)).toBe(1);
        expect(await store.changesAfter(org, 1, 10)).toEqual([]);
      });

      it('has no version for the edits that change nothing', async () => {
        await commit(put('notes/a.md', 'A'));
        const made = await commit(put('notes/a.md', 'A'), put('notes/b.md', 'B'));
        expect(made.versions.map(({ path }) => path)).toEqual(['notes/b.md']);
      });

      it('belongs to its org alone', async () => {
        const other = orgId(`other-${randomUUID()}`);
        const { id, versions } = await commit(put('notes/a.md', 'secret'));
        expect(await store.revision(other)).toBe(0);
        expect(await store.contents(other, [blob('secret')])).toEqual(new Map());
        expect(await store.version(other, versions[0].id)).toBeNull();
        expect(await store.commit(other, change([put('notes/b.md', 'B')], { id }))).toMatchObject({
          revision: 1,
        });
      });
    });

    describe('a refused change', () => {
      beforeEach(async () => void (await commit(put('notes/a.md', 'A'))));

      const refused: [string, Edit[], new (...args: never[]) => Error][] = [
        ['deleting an absent file', [put('notes/x.md', 'X'), remove('notes/none.md')], FileNotFound],
        [
          'moving an absent file',
          [put('notes/x.md', 'X'), move('notes/none.md', 'notes/y.md')],
          FileNotFound,
        ],
        ['moving onto a file', [put('notes/b.md', 'B'), move('notes/b.md', 'notes/a.md')], PathNotAllowed],
        ['a file below a file', [put('notes/x.md', 'X'), put('notes/a.md/b.md', 'B')], PathNotAllowed],
        ['a file that is a directory', [put('notes', 'X')], PathNotAllowed],
        ['both at once', [put('skills/a.md', 'X'), put('skills/a.md/b.md', 'B')], PathNotAllowed],
      ];
      for (const [what, edits, error] of refused)
        it(`writes nothing: ${what}`, async () => {
          await expect(commit(...edits)).rejects.toThrow(error);
          expect(await texts()).toEqual({ 'notes/a.md': 'A' });
          expect(await store.revision(org)).toBe(1);
        });

      it('may put a directory in the place of a file it removes', async () => {
        await commit(move('notes/a.md', 'notes/a.md/b.md'), put('notes/a.mdx', 'not below'));
        expect(await texts()).toEqual({ 'notes/a.md/b.md': 'A', 'notes/a.mdx': 'not below' });
      });

      it('names every path that is not as expected', async () => {
        const expected = new Map([
          ['notes/a.md', blob('other')],
          ['notes/b.md', blob('B')],
          ['notes/c.md', null],
        ]);
        const refused = store.commit(org, change([put('notes/c.md', 'C')], { expected }));
        await expect(refused).rejects.toMatchObject({ paths: ['notes/a.md', 'notes/b.md'] });
        await expect(refused).rejects.toThrow(VersionConflict);
        expect(await texts()).toEqual({ 'notes/a.md': 'A' });
      });

      it('is made where all is as expected', async () => {
        const expected = new Map([
          ['notes/a.md', blob('A')],
          ['notes/c.md', null],
        ]);
        await store.commit(org, change([put('notes/c.md', 'C')], { expected }));
        expect(await texts()).toEqual({ 'notes/a.md': 'A', 'notes/c.md': 'C' });
      });
    });

    describe('in a transaction', () => {
      it('is forgotten when the caller fails', async () => {
        if (!transactions) return;
        await commit(put('notes/a.md', 'A'));
        const failed = transactions.run(async () => {
          await commit(put('notes/a.md', 'B'), put('notes/b.md', 'B'));
          expect(await texts()).toEqual({ 'notes/a.md': 'B', 'notes/b.md': 'B' });
          throw new Error('no');
        });
        await expect(failed).rejects.toThrow('no');
        expect(await texts()).toEqual({ 'notes/a.md': 'A' });
        expect(await store.revision(org)).toBe(1);
      });

      it('gives changes made at the same time revisions without a gap', async () => {
        const made = await Promise.all(
          Array.from({ length: 8 }, (_, index) => commit(put(`notes/${index}.md`, `${index}`))),
        );
        expect(made.map(({ revision }) => revision).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
        expect((await store.snapshot(org)).files.size).toBe(8);
      });

      it('lets only one of two win who expect the same', async () => {
        await commit(put('notes/a.md', 'A'));
        const expected = new Map([['notes/a.md', blob('A')]]);
        const outcomes = await Promise.allSettled(
          ['B', 'C'].map((text) => store.commit(org, change([put('notes/a.md', text)], { expected }))),
        );
        expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      });
    });

    describe('a quota', () => {
      const quota = { maxBytes: 10, maxFiles: 3 };
      const within = (...edits: Edit[]) => store.commit(org, change(edits, { quota }));

      it('counts the bytes of the current files, whatever a change does to them', async () => {
        await commit(put('notes/a.md', 'four'), put('notes/b.md', 'ä'), put('notes/c.md', ''));
        expect(await store.usage(org)).toEqual({ bytes: 6, files: 3 });
        await commit(put('notes/a.md', 'as six'), move('notes/b.md', 'notes/d.md'), remove('notes/c.md'));
        expect(await store.usage(org)).toEqual({ bytes: 8, files: 2 });
        await commit(keep('notes/a.md', 'a text that lost'), put('notes/d.md', 'ä'));
        await commit(move('notes/d.md', 'notes/e.md', 'A'), put('notes/e.md', 'AB'), remove('notes/e.md'));
        expect(await store.usage(org)).toEqual({ bytes: 6, files: 1 });
        expect(await store.usage(orgId('another'))).toEqual({ bytes: 0, files: 0 });
      });

      it('lets the files grow up to it, and not beyond', async () => {
        await within(put('notes/a.md', '1234567890'));
        await expect(within(put('notes/a.md', '12345678901'))).rejects.toThrow(QuotaExceeded);
        await within(put('notes/b.md', ''), put('notes/c.md', ''));
        await expect(within(put('notes/d.md', ''))).rejects.toThrow(/4 files, and it may have 3 files/);
        await within(move('notes/c.md', 'notes/d.md'), put('notes/a.md', '1'), put('notes/b.md', '234'));
        expect(await store.usage(org)).toEqual({ bytes: 4, files: 3 });
        expect(await store.revision(org)).toBe(3);
      });

      it('leaves what exceeds it, and lets it shrink', async () => {
        await commit(...['a', 'b', 'c', 'd', 'e'].map((name) => put(`notes/${name}.md`, 'four')));
        await within(put('notes/a.md', 'five'), move('notes/b.md', 'notes/f.md'));
        await within(put('notes/a.md', 'old'));
        await within(remove('notes/f.md'));
        await expect(within(put('notes/a.md', 'five'))).rejects.toThrow(QuotaExceeded);
        await expect(within(put('notes/a.md', ''), put('notes/g.md', ''))).rejects.toThrow(QuotaExceeded);
        expect(await store.usage(org)).toEqual({ bytes: 15, files: 4 });
      });

      it('holds for changes made at the same time', async () => {
        const made = await Promise.allSettled(
          ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => within(put(`notes/${name}.md`, 'four'))),
        );
        expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
        expect(await store.usage(org)).toEqual({ bytes: 8, files: 2 });
      });
    });

    it('returns the first files after any path, by code point, with the revision', async () => {
      const paths = ['\u{1f600}.md', '\uff5e.md', 'b.md', 'B.md', 'a/c.md'];
      await store.commit(org, change(paths.map((path) => put(path, path))));
      const after = async (path: string, limit: number) => {
        const { revision, files } = await store.filesAfter(org, path, limit);
        expect(revision).toBe(1);
        return [...files.keys()];
      };
      expect(await after('', 9)).toEqual(['B.md', 'a/c.md', 'b.md', '\uff5e.md', '\u{1f600}.md']);
      expect(await after('a', 2)).toEqual(['a/c.md', 'b.md']);
      expect(await after('\u{1f600}.md', 1)).toEqual([]);
    });

    for (const [difference, ...alike] of [
      ['case', 'notes/a.md', 'Notes/A.md'],
      ['case beyond ASCII', '\u00c9nergie.md', '\u00e9NERGIE.md'],
      ['normalisation', '\u00e9.md', 'e\u0301.md'],
      ['both', '\u00c9.md', 'e\u0301.md'],
      ['a sign that stands for a letter', '\u212a.md', 'k.md'],
      ['the dot of a capital i', '\u0130.md', 'i\u0307.md'],
    ]) {
      it(`names paths that are alike but for ${difference}`, async () => {
        await store.commit(org, change([...alike, 'x.md'].map((path) => put(path, path))));
        const named = new Set(await store.lookAlikes(org));
        expect(alike.filter((path) => !named.has(path))).toEqual([]);
        expect(await store.lookAlikes(orgId(`${org}x`))).toEqual([]);
      });
    }

    describe('lists', () => {
      const paths = [
        'notes/B.md',
        'notes/a.md',
        'notes/sub/c.md',
        'notes/é.md',
        'notes/￿.md',
        'notes/𝒳.md',
        'skills/x.md',
      ];

      it('list files in the order of code points, page by page', async () => {
        await commit(...[...paths].reverse().map((path) => put(path, path)));
        const first = await store.list(org, { limit: 4 });
        const second = await store.list(org, { limit: 4, cursor: first.nextCursor });
        expect([...first.items, ...second.items].map(({ path }) => path)).toEqual(paths);
        expect([first.revision, second.revision, second.nextCursor]).toEqual([1, 1, null]);
      });

      it('list what begins with a prefix, which is no pattern', async () => {
        await commit(
          ...paths.map((path) => put(path, path)),
          put('notes/100%_a.md', ''),
          put('notes/100x.md', ''),
        );
        const beginning = async (prefix: string) =>
          (await store.list(org, { prefix })).items.map(({ path }) => path);
        expect(await beginning('notes/sub/')).toEqual(['notes/sub/c.md']);
        expect(await beginning('notes/100%')).toEqual(['notes/100%_a.md']);
        expect(await beginning('none')).toEqual([]);
      });

      for (const prefix of ['notes/z', 'notes/\u{D7FF}', 'notes/\u{10FFFF}', '\u{10FFFF}'])
        it(`list what begins with ${JSON.stringify(prefix)}, however it goes on`, async () => {
          const within = ['', '!', '~', '\u{D7FF}', '\u{E000}', '\u{10FFFF}'].map((rest) => prefix + rest);
          await commit(...within.map((path) => put(path, '')), put('notes/y', ''), put('notes/\u{E000}', ''));
          const { items } = await store.list(org, { prefix });
          expect(items.map(({ path }) => path)).toEqual(within);
        });

      it('give the files that exist among some paths', async () => {
        await commit(put('notes/a.md', 'A'), put('notes/b.md', 'B'));
        const { files } = await store.files(org, ['notes/b.md', 'notes/none.md']);
        expect([...files.keys()]).toEqual(['notes/b.md']);
        expect(files.get('notes/b.md')).toMatchObject({ blob: blob('B'), revision: 1 });
      });

      it('refuse the cursor of another list', async () => {
        await commit(put('notes/a.md', 'A'), put('notes/b.md', 'B'));
        const { nextCursor } = await store.history(org, { limit: 1 });
        await expect(store.list(org, { cursor: nextCursor })).rejects.toThrow('cursor');
        await expect(store.history(org, { cursor: 'nonsense' })).rejects.toThrow('cursor');
      });
    });

    describe('history', () => {
      it('tells what became of everything, newest first, page by page', async () => {
        await commit(put('notes/a.md', 'A'), put('notes/b.md', 'B'));
        await store.commit(
          org,
          change([put('notes/a.md', 'A2')], { origin: 'gitlab', author: bob, runId: 'r1', commit: 'c0ffee' }),
        );
        await commit(remove('notes/b.md'));
        const first = await store.history(org, { limit: 3 });
        const second = await store.history(org, { limit: 3, cursor: first.nextCursor });
        expect(second.nextCursor).toBeNull();
        expect(
          [...first.items, ...second.items].map(({ revision, op, path }) => [revision, op, path]),
        ).toEqual([
          [3, 'delete', 'notes/b.md'],
          [2, 'put', 'notes/a.md'],
          [1, 'put', 'notes/b.md'],
          [1, 'put', 'notes/a.md'],
        ]);
        expect(first.items[1]).toMatchObject({
          author: bob,
          at: AT,
          origin: 'gitlab',
          commit: 'c0ffee',
          message: 'A message',
          runId: 'r1',
        });
      });

      it('tells the history of one path', async () => {
        await commit(put('notes/a.md', 'A'), put('notes/b.md', 'B'));
        await commit(put('notes/a.md', 'A2'));
        const { items } = await store.history(org, { path: 'notes/a.md' });
        expect(items.map(({ blob }) => blob)).toEqual([blob('A2'), blob('A')]);
      });

      it('finds a version by its id', async () => {
        const { id, versions } = await commit(put('notes/a.md', 'A'));
        expect(await store.version(org, versions[0].id)).toMatchObject({
          changeId: id,
          ...versions[0],
          revision: 1,
        });
      });

      it('knows what a path was before a revision', async () => {
        await commit(put('notes/a.md', 'A'));
        await commit(put('notes/a.md', 'A2'), keep('notes/a.md', 'lost'));
        await commit(remove('notes/a.md'));
        await commit(put('notes/a.md', 'A4'));
        const before = async (revision: number) =>
          (await store.versionBefore(org, 'notes/a.md', revision))?.blob ?? null;
        expect(await Promise.all([1, 2, 3, 4, 5].map(before))).toEqual([
          null,
          blob('A'),
          blob('A2'),
          null,
          blob('A4'),
        ]);
      });

      it('gives changes after a revision in order, at most so many', async () => {
        for (const text of ['A', 'B', 'C', 'D'])
          await commit(put('notes/a.md', text), put(`notes/${text}.md`, text));
        const changes = await store.changesAfter(org, 1, 2);
        expect(changes.map(({ revision }) => revision)).toEqual([2, 3]);
        expect(changes[0].versions.map(({ path }) => path)).toEqual(['notes/a.md', 'notes/B.md']);
      });

      it('counts the changes made in Dot', async () => {
        await commit(put('notes/a.md', 'A'));
        await store.commit(org, change([put('notes/a.md', 'B')], { origin: 'gitlab' }));
        await store.commit(org, change([put('notes/a.md', 'C')], { origin: 'api' }));
        expect(await store.countMadeInDotAfter(org, 0)).toBe(2);
        expect(await store.countMadeInDotAfter(org, 1)).toBe(1);
        expect(await store.countMadeInDotAfter(org, 3)).toBe(0);
      });

      it('tells which of many orgs have changes made in Dot', async () => {
        const [edited, pulled, shown, unknown] = [1, 2, 3, 4].map(() => orgId(`org-${randomUUID()}`));
        for (const each of [edited, shown]) await store.commit(each, change([put('notes/a.md', 'A')]));
        for (const each of [edited, pulled, shown])
          await store.commit(each, change([put('notes/a.md', 'B')], { origin: 'gitlab' }));
        const after = new Map([edited, pulled, unknown].map((each) => [each, 0]));
        expect(await store.editedInDotAfter(after.set(shown, 1))).toEqual(new Set([edited]));
        expect(await store.editedInDotAfter(new Map())).toEqual(new Set());
      });

      it('gives the changes of a run in order', async () => {
        await store.commit(org, change([put('notes/a.md', 'A')], { runId: 'r1' }));
        await commit(put('notes/a.md', 'B'));
        await store.commit(org, change([put('notes/a.md', 'C')], { runId: 'r1' }));
        const changes = await store.changesOfRun(org, 'r1');
        expect(changes.map(({ revision, versions }) => [revision, versions.length])).toEqual([
          [1, 1],
          [3, 1],
        ]);
      });

      it('notes the commit a change became, in its own order', async () => {
        const { id } = await commit(put('notes/a.md', 'A'));
        await commit(put('notes/a.md', 'B'));
        await store.noteCommit(org, id, 'c0ffee', ['notes/a.md']);
        await store.noteCommit(org, id, 'c0ffee', ['notes/a.md']);
        await store.noteCommit(org, 'unknown', 'c0ffee', []);
        expect((await store.changesAfter(org, 0, 10)).map(({ commit }) => commit)).toEqual(['c0ffee', null]);
        expect((await store.history(org, {})).items.map(({ commit }) => commit)).toEqual([null, 'c0ffee']);
      });

      it('notes what of the change its commit left out, once for each path', async () => {
        await commit(put('notes/a.md', 'A'));
        const { id, leftOut } = await commit(
          put('notes/￿.md', '1'),
          put('notes/𝒳.md', '1'),
          put('notes/𝒳.md', '2'),
          move('notes/a.md', 'notes/b.md'),
          put('notes/c.md', 'C'),
          keep('notes/k.md', 'lost'),
        );
        expect(leftOut).toBeUndefined();
        await store.noteCommit(org, id, 'c0ffee', ['notes/b.md', 'notes/c.md', 'notes/other.md']);
        const noted = async () => (await store.changesAfter(org, 0, 10)).map((change) => change.leftOut);
        const expected = [undefined, ['notes/a.md', 'notes/￿.md', 'notes/𝒳.md']];
        expect(await noted()).toEqual(expected);
        await store.noteCommit(org, id, 'c0ffee', ['notes/b.md', 'notes/c.md', 'notes/other.md']);
        expect(await noted()).toEqual(expected);
        const all = ['notes/a.md', 'notes/b.md', 'notes/c.md', 'notes/￿.md', 'notes/𝒳.md'];
        await store.noteCommit(org, id, 'badcafe', all);
        expect(await noted()).toEqual([undefined, []]);
      });
    });

    it('shows nothing of texts that were stored ahead, and needs none of them', async () => {
      const ahead = ['b', 'c'].map((text) => Buffer.from(text));
      await store.stage(org, ahead);
      expect(await store.revision(org)).toBe(0);
      expect((await store.snapshot(org)).files.size).toBe(0);
      expect(await store.usage(org)).toEqual({ bytes: 0, files: 0 });
      await store.stage(org, ahead);
      await commit(put('notes/a.md', 'a'), put('notes/b.md', 'b'));
      expect(await texts()).toEqual({ 'notes/a.md': 'a', 'notes/b.md': 'b' });
    });

    it('takes thousands of files in one change', async () => {
      const paths = Array.from({ length: 3_000 }, (_, index) => `notes/${index % 50}/${index}.md`);
      await commit(...paths.map((path) => put(path, path)));
      expect((await store.snapshot(org)).files.size).toBe(3_000);
      await commit(...paths.map((path) => remove(path)));
      expect((await store.snapshot(org)).files.size).toBe(0);
    });
  });
}
