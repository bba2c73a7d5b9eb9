import { problemWithYaml } from './yaml-check';

const MEGABYTE = 1_000_000;
const megabyteOf = (piece: string) => piece.repeat(MEGABYTE / piece.length);

describe('a megabyte of YAML', () => {
  it.each([
    ['plain lines', megabyteOf('a: b\n')],
    ['mappings in a list', megabyteOf('- a: b\n  c: d\n')],
    ['colons', megabyteOf(':')],
    ['tags', megabyteOf('!!omap')],
    ['a text in quotes', `"${megabyteOf('a\\n')}"`],
    ['a flow list', `[${megabyteOf('a, ')}]`],
    ['documents', megabyteOf('a: b\n---\n')],
    ['a directive again and again', megabyteOf('%YAML 1.3\n---\na\n...\n')],
  ])('is read to its end: %s', (_, text) => expect(problemWithYaml(text)).toBeNull());

  it.each([
    ['commas', `[${megabyteOf(',')}`, 1],
    ['closing brackets', megabyteOf(']'), 1],
    ['an error behind ordinary lines', `${'a: b\n'.repeat(200_000)}c: ]\n`, 200_001],
    ['an alias of nothing', megabyteOf('*a '), 1],
  ])(
    'is refused at its first error: %s',
    (_, text, line) => expect(problemWithYaml(text)).toMatchObject({ line }),
    60_000,
  );

  it.each([
    ['mappings', megabyteOf('a: {')],
    ['lists', megabyteOf('- ')],
    ['brackets', megabyteOf('[')],
  ])(
    'is refused if it is nested too deeply: %s',
    (_, text) => expect(problemWithYaml(text)).toMatchObject({ line: 1, why: 'it is nested too deeply' }),
    60_000,
  );
});

describe('YAML of other programs', () => {
  it.each([
    ['merge keys that grow', mergeKeys()],
    ['a merge key that merges nothing', '<<: text\n'],
    [
      'a tag on each kind of node',
      'a: !Ref b\nc: !Sub [d]\ne: !If {f: g}\nh: !!python/tuple [1]\ni: !<x> j\n',
    ],
    ['a tag beside what libyaml alone takes', 'a: !Ref b\nc: "text\nthat continues"\n'],
  ])('is fine: %s', (_, text) => expect(problemWithYaml(text)).toBeNull());

  it.each([
    ['a list as a key', '? [a, [b]]\n: c\n'],
    ['a key of more than 1024 characters', `? ${'a'.repeat(2_000)}\n: b\n`],
  ])('is fine if the specification takes it: %s', (_, text) => expect(problemWithYaml(text)).toBeNull());
});

/** A thousand keys, merged a thousand times. */
function mergeKeys(): string {
  const keys = Array.from({ length: 1_000 }, (_, n) => `  k${n}: v\n`).join('');
  const users = Array.from({ length: 1_000 }, (_, n) => `b${n}: { <<: *a }\n`).join('');
  return `a: &a\n${keys}${users}`;
}
