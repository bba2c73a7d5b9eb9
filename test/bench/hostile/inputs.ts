import { ENDLESS_YAML } from '../../support/hostile-texts';

/** A request of one caller, or an instance's answer to the check of a token. */
export type HostileInput = { readonly name: string } & (
  { readonly file: string; readonly text: string } | { readonly body: string } | { readonly answer: string }
);

const MEGABYTE = 1_048_000;
const megabyteOf = (piece: string) => piece.repeat(MEGABYTE / piece.length);
const yaml = (name: string, text: string): HostileInput => ({ name, file: 'notes/a.yaml', text });
const markdown = (name: string, text: string): HostileInput => ({ name, file: 'notes/a.md', text });

/** The first one is what everybody sends. */
export const INPUTS: readonly HostileInput[] = [
  markdown('an ordinary file', `# Title\n\n${'Some words about data.\n'.repeat(200)}`),
  yaml('YAML: plain lines', megabyteOf('a: b\n')),
  yaml('YAML: colons', megabyteOf(':')),
  yaml('YAML: commas', `[${megabyteOf(',')}`),
  yaml('YAML: closing brackets', megabyteOf(']')),
  yaml('YAML: open mappings', megabyteOf('a: {')),
  yaml('YAML: tags', megabyteOf('!!omap')),
  yaml('YAML: deep lists', megabyteOf('- ')),
  yaml('YAML: merge keys', mergeKeys()),
  yaml('YAML: lists as keys', ENDLESS_YAML),
  yaml('YAML: an error at the end', `${megabyteOf('a: b\n').slice(0, -20)}\nc: ]\n`),
  markdown('front matter', `---\n${megabyteOf('a: b\n').slice(0, -20)}\n---\n`),
  markdown('front matter that does not end', `---\n${megabyteOf('a:\n').slice(0, -20)}`),
  markdown('half a token, again and again', megabyteOf('-eyJ')),
  markdown('passwords in URLs', megabyteOf('a://b:cdefg@h ')),
  markdown('a text that changes its direction', megabyteOf('\u202Ea').slice(0, 250_000)),
  markdown('letters that do not show', megabyteOf('\u{E0041}').slice(0, 500_000)),
  { name: 'JSON: many operations', body: operations(200_000) },
  { name: 'JSON: many numbers', body: `{"changes":[${'1,'.repeat(7_500_000)}1]}` },
  { name: 'JSON: deep lists', body: `{"changes":${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}}` },
  { name: 'GitLab: a long list', answer: `[${'[],'.repeat(10_000_000)}[]]` },
];

function mergeKeys(): string {
  const keys = Array.from({ length: 1_000 }, (_, n) => `  k${n}: v\n`).join('');
  return `a: &a\n${keys}${Array.from({ length: 1_500 }, (_, n) => `b${n}: { <<: *a }\n`).join('')}`;
}

function operations(count: number): string {
  return `{"changes":[${Array.from({ length: count }, () => '{"op":"delete","path":"a"}').join()}]}`;
}
