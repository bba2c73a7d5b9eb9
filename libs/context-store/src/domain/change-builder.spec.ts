import { blobOf } from '@app/kernel';
import type { ContextFile, Edit, NewChange } from './change';
import { ChangeBuilder } from './change-builder';

const AT = new Date('2026-01-02T12:00:00Z');
const BEFORE = new Date('2026-01-01T12:00:00Z');
const author = { name: 'Ann', email: 'ann@example.com' };
const other = { name: 'Bob', email: 'bob@example.com' };
const bytes = (text: string) => Buffer.from(text);

const fileOf = (path: string, text: string): ContextFile => ({
  ...{ path, blob: blobOf(bytes(text)), size: text.length, version: `0.${path}`, revision: 3 },
  ...{ updatedAt: BEFORE, updatedBy: other, origin: 'user' },
});

/** Builds a change of an org that has these files at revision 3. */
function build(files: Record<string, string>, edits: readonly Edit[], more: Partial<NewChange> = {}) {
  const current = new Map(Object.entries(files).map(([path, text]) => [path, fileOf(path, text)]));
  const usage = { bytes: Object.values(files).join('').length, files: current.size };
  const change: NewChange = { id: 'c', author, message: 'm', origin: 'agent', at: AT, edits, ...more };
  return ChangeBuilder.build(change, { revision: 3, usage }, current);
}

const put = (path: string, text: string): Edit => ({ op: 'put', path, content: bytes(text) });
const remove = (path: string): Edit => ({ op: 'delete', path });
const move = (from: string, path: string, text?: string): Edit => ({
  ...{ op: 'move', from, path },
  ...(text !== undefined && { content: bytes(text) }),
});
const keep = (path: string, text: string | null): Edit => ({
  ...{ op: 'keep', path, content: text === null ? null : bytes(text), author: other, at: BEFORE },
});

type Effect = readonly [path: string, op: string, text: string | null, from: string | null];

describe('A change', () => {
  it.each<[string, Edit[], Effect[], { bytes: number; files: number }]>([
    ['of nothing', [], [], { bytes: 4, files: 2 }],
    ['that adds a file', [put('c', 'ccc')], [['c', 'put', 'ccc', null]], { bytes: 7, files: 3 }],
    ['that replaces a text', [put('a', 'AAA')], [['a', 'put', 'AAA', null]], { bytes: 5, files: 2 }],
    ['that puts the same text', [put('a', 'aa')], [], { bytes: 4, files: 2 }],
    ['that deletes a file', [remove('a')], [['a', 'delete', null, null]], { bytes: 2, files: 1 }],
    [
      'that moves a file',
      [move('a', 'c')],
      [
        ['a', 'delete', null, null],
        ['c', 'put', 'aa', 'a'],
      ],
      { bytes: 4, files: 2 },
    ],
    [
      'that moves a file and replaces its text',
      [move('a', 'c', 'ccc')],
      [
        ['a', 'delete', null, null],
        ['c', 'put', 'ccc', 'a'],
      ],
      { bytes: 5, files: 2 },
    ],
    ['that moves a file to its own place', [move('a', 'a')], [], { bytes: 4, files: 2 }],
    [
      'that moves a file to its own place with another text',
      [move('a', 'a', 'AAA')],
      [['a', 'put', 'AAA', null]],
      { bytes: 5, files: 2 },
    ],
    ['that keeps a losing text', [keep('a', 'lost')], [['a', 'keep', 'lost', null]], { bytes: 4, files: 2 }],
    ['that keeps a losing deletion', [keep('a', null)], [['a', 'keep', null, null]], { bytes: 4, files: 2 }],
    [
      'that deletes a file and puts it again',
      [remove('a'), put('a', 'aa')],
      [
        ['a', 'delete', null, null],
        ['a', 'put', 'aa', null],
      ],
      { bytes: 4, files: 2 },
    ],
    [
      'that replaces a directory by a file',
      [remove('d/b'), put('d', 'ddd')],
      [
        ['d/b', 'delete', null, null],
        ['d', 'put', 'ddd', null],
      ],
      { bytes: 5, files: 2 },
    ],
  ])('%s', (_, edits, effects, usage) => {
    const built = build({ a: 'aa', 'd/b': 'bb' }, edits);
    const { versions, revision } = built.result;
    expect(versions).toEqual(
      effects.map(([path, op, text, from], nth) => ({
        ...{ id: `c.${nth}`, path, op, from },
        blob: text === null ? null : blobOf(bytes(text)),
      })),
    );
    expect(revision).toBe(effects.length ? 4 : 3);
    expect(built.usage).toEqual(usage);
  });

  it('carries who made it, when and why; a kept text carries its own', () => {
    const built = build({ a: 'aa' }, [put('c', 'ccc'), remove('a'), keep('a', 'lost')]);
    expect(built.result).toMatchObject({
      ...{ id: 'c', author, message: 'm', origin: 'agent', at: AT, runId: null, commit: null },
    });
    expect(built.versions.map(({ author, at }) => ({ author, at }))).toEqual([
      { author, at: AT },
      { author, at: AT },
      { author: other, at: BEFORE },
    ]);
    expect([...built.contents.values()].map(String)).toEqual(['ccc', 'lost']);
    const c = {
      ...fileOf('c', 'ccc'),
      version: 'c.0',
      revision: 4,
      updatedAt: AT,
      updatedBy: author,
      origin: 'agent',
    };
    expect([...built.files]).toEqual([
      ['c', c],
      ['a', null],
    ]);
    expect(build({}, [], { runId: 'r', commit: 'k' }).result).toMatchObject({ runId: 'r', commit: 'k' });
  });

  it.each<[string, Edit[], Partial<NewChange>, object]>([
    ['deletes what is absent', [remove('c')], {}, { code: 'not_found', message: /file c\. List/ }],
    ['moves what is absent', [move('c', 'e')], {}, { code: 'not_found', message: /file c\. List/ }],
    ['deletes twice', [remove('a'), remove('a')], {}, { code: 'not_found' }],
    ['moves onto another file', [move('a', 'd/b')], {}, { path: 'd/b', why: 'another file has that name' }],
    [
      'puts a file in place of a directory',
      [put('d', 'x')],
      {},
      { path: 'd', why: 'there are files below that path' },
    ],
    ['puts a file below a file', [put('a/b/c', 'x')], {}, { path: 'a/b/c', why: 'a is a file' }],
    ['puts a file below a new file', [put('e', 'x'), put('e/f', 'x')], {}, { path: 'e' }],
    ['expects another text', [], { expected: new Map([['a', blobOf(bytes('x'))]]) }, { paths: ['a'] }],
    ['expects a file to be absent', [], { expected: new Map([['a', null]]) }, { paths: ['a'] }],
    [
      'expects a file that is absent',
      [],
      { expected: new Map([['c', blobOf(bytes('x'))]]) },
      { paths: ['c'] },
    ],
    [
      'has no room',
      [put('c', 'c')],
      { quota: { maxBytes: 99, maxFiles: 2 } },
      { code: 'quota_exceeded', message: /3 files, and it may have 2 files/ },
    ],
    [
      'is too large',
      [put('a', 'AAA')],
      { quota: { maxBytes: 4, maxFiles: 9 } },
      { message: /5 bytes, and it may have 4 bytes/ },
    ],
  ])('is refused if it %s', (_, edits, more, { message, ...error }: { message?: RegExp }) => {
    const expected = { ...error, ...(message && { message: expect.stringMatching(message) }) };
    expect(errorOf(() => build({ a: 'aa', 'd/b': 'bb' }, edits, more))).toMatchObject(expected);
  });

  it.each<[string, Edit[], Partial<NewChange>]>([
    ['what it expects is there', [], { expected: new Map([['a', blobOf(bytes('aa'))]]) }],
    ['what it expects to be absent is', [], { expected: new Map([['c', null]]) }],
    ['it fills the quota', [put('c', 'c')], { quota: { maxBytes: 5, maxFiles: 3 } }],
    ['a file becomes a directory', [remove('a'), put('a/b', 'x')], {}],
  ])('is accepted if %s', (_, edits, more) => {
    expect(build({ a: 'aa', 'd/b': 'bb' }, edits, more).result.id).toBe('c');
  });
});

function errorOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
