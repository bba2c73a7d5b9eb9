import { InMemoryTables } from '@app/database/testing';
import { inMemoryInspection, InMemoryInspections } from '@app/inspection/testing';
import { blobOf, ManualClock, orgId } from '@app/kernel';
import { ContentInvalid, InspectionInterrupted } from '../domain/context-store.errors';
import { InspectFiles } from './inspect-files';

const ORG = orgId('acme');
const LIMIT = 200_000;
const files = new InspectFiles(inMemoryInspection());
const fileOf = (path: string, text: string | Buffer) => ({ path, bytes: Buffer.from(text as string) });
const inspect = async (path: string, text: string | Buffer) =>
  (await files.execute(ORG, [fileOf(path, text)], LIMIT))[0];

describe('the inspection of a file', () => {
  it.each([
    ['an empty file', 'notes/a.md', ''],
    ['an empty YAML file', 'a.yaml', ''],
    ['a byte order mark', 'a.yml', '\uFEFFa: 1\n'],
    ['CRLF', 'a.yml', 'a: 1\r\nb:\r\n  - 2\r\n'],
    ['text that is no YAML, in Markdown', 'notes/a.md', 'a: [1\n'],
    ['several documents', 'a.yaml', 'a: 1\n---\nb: 2\n...\n---\nc: 3\n'],
    ['a key twice', 'a.yaml', 'a: 1\na: 2\n'],
    ['tags of other programs', 'a.yaml', 'a: !Ref b\nc: !vault |\n  x\nd: !<tag:x.org,2000:y> z\n'],
    ['a scalar', 'a.yaml', 'just text\n'],
    ['a comment alone', 'a.yaml', '# nothing\n'],
    ['front matter', 'notes/a.md', '---\ntitle: A\ntags: [a, b]\n---\n# A\n'],
    ['a thematic break', 'notes/a.md', '---\n\nSome text: with: colons\n\n---\n'],
    ['aliases upon aliases', 'a.yaml', billionLaughs()],
    ['NUL, which is UTF-8', 'notes/a.md', 'a\0b'],
  ])('passes %s', async (_, path, text) => {
    expect(await inspect(path, text)).toBeNull();
    await files.check(ORG, [fileOf(path, text)], LIMIT);
  });

  it.each([
    ['../a.md', 'x', 'path_not_portable', '".."', {}],
    ['notes/a.md', 'x'.repeat(LIMIT + 1), 'too_big', '200001 bytes', {}],
    ['notes/a.md', Buffer.from([0x61, 0xff]), 'not_utf8', 'UTF-8', {}],
    ['notes/a.md', Buffer.from([0xed, 0xa0, 0x80]), 'not_utf8', 'UTF-8', {}],
    [
      'notes/a.md',
      'version https://git-lfs.github.com/spec/v1\noid sha256:abc\nsize 5\n',
      'lfs_pointer',
      'LFS',
      {},
    ],
    ['a.yaml', 'a: 1\nb: [1, 2\n', 'yaml_invalid', 'line 3, column 1', { line: 3, column: 1 }],
    [
      'a.YML',
      'a: 1\nb: "x\n',
      'yaml_invalid',
      'the " in line 2 opens a quoted text that is not closed',
      { line: 3 },
    ],
    ['a.yaml', 'a:\n\t- b\n', 'yaml_invalid', 'line 2, column 1', { line: 2, column: 1 }],
    ['a.yaml', 'a: 1\n---\nb: ]\n', 'yaml_invalid', 'line 3', { line: 3 }],

    ['notes/a.md', '---\r\na: 1\r\nb: c: d\r\n---\r\n', 'front_matter_invalid', 'line 3', { line: 3 }],
    ['notes/a.markdown', '---\ntitle: [A\n---\n', 'front_matter_invalid', 'front matter', {}],
  ])('refuses %s: %j', async (path, text, reason, detail, more) => {
    expect(await inspect(path, text)).toMatchObject({
      reason,
      detail: expect.stringContaining(detail),
      ...more,
    });
  });

  it.each([
    ['[', '['.repeat(100_000)],
    ['- ', `${'- '.repeat(100_000)}x`],
    ['? ', `${'? '.repeat(100_000)}x`],
    ['{a: ', '{a: '.repeat(50_000)],
    ['indentation', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('refuses YAML nested so deeply that readers would fall over: %s', async (_, yaml) => {
    const detail = expect.stringContaining('nested too deeply');
    expect(await inspect('a.yaml', yaml.slice(0, LIMIT))).toMatchObject({ reason: 'yaml_invalid', detail });
  });

  it('makes a refusal that says what to correct', async () => {
    const refused = files.check(ORG, [fileOf('notes/b.md', ''), fileOf('notes/a.yaml', 'a: "x')], LIMIT);
    await expect(refused).rejects.toThrow(ContentInvalid);
    await expect(refused).rejects.toThrow(
      'notes/a.yaml: the YAML does not parse at line 1, column 6: the " in line 1 opens a quoted text that is not closed; add the second ". Correct the text and save again.',
    );
  });

  it('refuses for a while a text over whose inspection processes ended', async () => {
    const clock = new ManualClock();
    const inspections = new InMemoryInspections(new InMemoryTables(), clock);
    const waiting = new InspectFiles(inMemoryInspection(clock, inspections));
    const text = { kind: 'markdown' as const, blob: blobOf(Buffer.from('a')) };
    for (let n = 0; n < 2; n++) await inspections.begin(ORG, [text]);
    const save = () => waiting.check(ORG, [fileOf('a.md', 'a')], LIMIT);
    await expect(save()).rejects.toThrow(InspectionInterrupted);
    await expect(save()).rejects.toMatchObject({ retryAfterMs: 30_000 });
    await expect(save()).rejects.toThrow('Save it again in 30 seconds');
    clock.advance(30_000);
    await save();
  });

  it('judges each of several texts of one path', async () => {
    const texts = [fileOf('a.yaml', 'a: ['), fileOf('a.yaml', 'a: b'), fileOf('../a.yaml', '')];
    const reasons = (await files.execute(ORG, texts, LIMIT)).map((problem) => problem?.reason);
    expect(reasons).toEqual(['yaml_invalid', undefined, 'path_not_portable']);
  });
});

function billionLaughs(): string {
  const levels = Array.from(
    { length: 30 },
    (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}, *l${n}, *l${n}]`,
  );
  return ['l0: &l0 ha', ...levels].join('\n');
}
