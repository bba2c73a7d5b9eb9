import { problemWithText } from './content-check';
import type { FileCheck } from '@app/kernel';

const detailOf = (kind: FileCheck, text: string | Buffer) =>
  problemWithText(kind, Buffer.from(text as string))?.detail;

describe('problems of a YAML text', () => {
  it.each([
    ['title: Q3: the plan\n', 1, 8, 'the value contains ": ", so put it in quotes'],
    ['- a: b: c\n', 1, 6, 'the value contains ": ", so put it in quotes'],
    ['a: ? b\n', 1, 4, 'put the value in quotes'],
    ['a: 1\n b: 2\n', 1, 4, 'the next line is indented too far; start it in the column of this line'],
    ['a: [b: c: d]\n', 1, 8, 'the value contains ": ", so put it in quotes'],
    ['a:\n\tb: 1\n', 2, 1, 'the line is indented with a tab; use spaces instead'],
    ['a: b\n\tc: d\n', 2, 1, 'the line is indented with a tab; use spaces instead'],
    ['a: |\n\ttext\n', 2, 1, 'the line is indented with a tab; use spaces instead'],
    ['a: "x\nb: 1\n', 3, 1, 'the " in line 1 opens a quoted text that is not closed; add the second "'],
    [
      "a: it''s\nb: 'x\nc: 1",
      3,
      5,
      "the ' in line 2 opens a quoted text that is not closed; add the second '",
    ],
    ["a: 'it's fine'\n", 1, 8, quotesInside("'")],
    ['a: "say "hi" now"\n', 1, 10, quotesInside('"')],
    ['a: "x" y\n', 1, 8, quotesInside('"')],
    ['a: "b" c: d\n', 1, 4, quotesInside('"')],
    ['a: "C:\\path"\n', 1, 7, String.raw`write a \ between " and " as \\, or use ' instead of "`],
    [
      'a: [1, 2\nb: 3\n',
      2,
      1,
      'a list that begins with [ is not closed; add the ], or put the value in quotes',
    ],
    [
      'a: {b: 1\nc: 2\n',
      2,
      1,
      'a mapping that begins with { is not closed; add the }, or put the value in quotes',
    ],
    ['a: [b]]\n', 1, 7, 'there is a ] without its [; remove it, or put the value in quotes'],
    ['a: }\n', 1, 4, 'there is a } without its {; remove it, or put the value in quotes'],
    ['a: [x](y)\n', 1, 7, 'a text that starts with [ has to be in quotes if it is not a list'],
    ['a: {{ x }} y\n', 1, 12, 'a text that starts with { has to be in quotes if it is not a mapping'],
    ['a: @me\n', 1, 4, 'a text that starts with @ has to be in quotes'],
    ['- `x`\n', 1, 3, 'a text that starts with ` has to be in quotes'],
    ['a: %x\n', 1, 4, 'a text that starts with % has to be in quotes'],
    ['a: ,x\n', 1, 4, 'a text that starts with , has to be in quotes'],
    ['a: * b\n', 1, 4, 'a text that starts with * has to be in quotes'],
    ['a: *not there\n', 1, 9, 'a text that starts with * has to be in quotes'],
    ['a: & b\n', 1, 4, 'a text that starts with & has to be in quotes'],
    ['a: - b\n', 1, 4, 'put the value in quotes, or start the list on the next line'],
    [
      'a: | text\n',
      1,
      6,
      'start the text on the line after the |, indented with spaces, or put the value in quotes',
    ],
    ['a:\n  - b\n c: d\n', 3, 1, 'indent the line like the other lines of its block'],
    ['- a\nb: 1\n', 2, 1, 'indent the line like the other lines of its block'],
    ['a: b\nc\nd: e\n', 2, 1, 'the line is not "key: value"; add a colon and a space, or indent it'],
    ['a:b\nc: d\n', 1, 1, 'the line is not "key: value"; add a colon and a space, or indent it'],
    [
      'a: 1\n<<<<<<< HEAD\nb: 1\n=======\n',
      2,
      1,
      'a merge conflict is left in the file; remove the lines of <, = and >',
    ],
  ])('says how to mend it: %j', (text, line, column, fix) => {
    expect(detailOf('yaml', text)).toBe(`the YAML does not parse at line ${line}, column ${column}: ${fix}`);
  });

  it('is given in the words of the parser if no fix is known', () => {
    expect(detailOf('yaml', '%YAML 3\n---\na: 1\n')).toMatch(/line 1, column \d+: .*YAML version/);
  });

  it('counts the lines of the file, also in a front matter', () => {
    const text = '---\ntitle: x\nnote: "y\n---\n# Text\n';
    expect(detailOf('markdown', text)).toContain('the " in line 3 opens a quoted text that is not closed');
  });

  it('is said of too much text for the second parser as well', () => {
    const many = 'a: b\n'.repeat(60_000);
    expect(detailOf('yaml', `${many}c: @x\n`)).toContain('a text that starts with @ has to be in quotes');
    expect(detailOf('yaml', `${many}c: d: e\n`)).toContain('the value contains ": ", so put it in quotes');
    expect(detailOf('yaml', `${many}c: "d\n`)).toContain('the " in line 60001 opens a quoted text');
    expect(detailOf('yaml', `${many}c: [d\n`)).toContain('add the ]');
  });
});

function quotesInside(quote: string): string {
  const escaped = quote === '"' ? String.raw`\"` : "''";
  return `text follows the closing ${quote}; put the whole value in quotes, and write a ${quote} inside it as ${escaped}`;
}

describe('problems of a Git LFS pointer', () => {
  it('says which rule to remove', () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 5\n`;
    expect(problemWithText('markdown', Buffer.from(pointer))).toEqual({
      reason: 'lfs_pointer',
      detail:
        'a Git LFS pointer instead of the text; remove the rule with filter=lfs for its path from .gitattributes and commit the ' +
        'text itself, or save it in Dot again',
    });
  });
});

describe('problems of an encoding', () => {
  const utf16 = Buffer.from('# Café Müller\n', 'utf16le');
  const bigEndian = (bytes: Buffer) => Buffer.from(bytes).swap16();
  const BOM = Buffer.from([0xff, 0xfe]);
  const utf32 = Buffer.concat([...'# Caf\u00e9\n'].map((one) => Buffer.from([one.charCodeAt(0), 0, 0, 0])));

  it.each([
    ['UTF-16 with a byte order mark', Buffer.concat([BOM, utf16]), 'UTF-16'],
    ['UTF-16 of the other order', bigEndian(Buffer.concat([BOM, utf16])), 'UTF-16'],
    ['UTF-16 without a mark', utf16, 'UTF-16'],
    ['UTF-16 of the other order without a mark', bigEndian(utf16), 'UTF-16'],
    ['UTF-32 with a mark', Buffer.concat([BOM, Buffer.alloc(2), utf32]), 'UTF-32'],
    ['UTF-32 without a mark', utf32, 'UTF-32'],
  ])('names it: %s', (_, bytes, encoding) => {
    const detail = `not valid UTF-8 text: it is saved as ${encoding}; save it as UTF-8`;
    expect(problemWithText('markdown', bytes)).toEqual({ reason: 'not_utf8', detail });
  });

  it('takes single bytes between ASCII for Windows-1252 and says which line', () => {
    const detail =
      'not valid UTF-8 text: byte 0xE9 in line 2, as in Windows-1252 (Latin-1) or another old encoding; save it as UTF-8';
    expect(detailOf('markdown', Buffer.from('# Menu\nCaf\xe9 \x80 5\n', 'latin1'))).toBe(detail);
  });

  it('says of a binary file that it is none of ours', () => {
    const image = Buffer.from('89504e470d0a1a0a0000000d49484452000000', 'hex');
    const detail =
      'not valid UTF-8 text: it looks like a binary file; only texts are synced, so move it elsewhere';
    expect(detailOf('markdown', image)).toBe(detail);
  });

  it('names it for YAML whose UTF-16 happens to be valid UTF-8, if a parser refuses that', () => {
    const detail = detailOf('yaml', Buffer.from('"a: b\n', 'utf16le'));
    expect(detail).toContain('it is saved as UTF-16; save it as UTF-8');
  });
});
