import type { Quarantined } from './findings';
import { resultOfPull, statusUrl } from './commit-report';
import { NO_COUNTS, type RunCounts } from './run-counts';

const STARTED = new Date('2026-01-01T12:00:00Z');
const run = (counts: Partial<RunCounts>) => ({ counts: { ...NO_COUNTS, ...counts }, startedAt: STARTED });
const kept = (path: string, more: Partial<Quarantined> = {}): Quarantined => ({
  ...{ path, side: 'remote', blob: 'b', reason: 'yaml_invalid', detail: '', at: STARTED },
  ...more,
});

describe('The result of a pull', () => {
  it.each<[string, Partial<RunCounts>, Quarantined[], string]>([
    ['files of every kind', { created: 1, updated: 2, deleted: 3, unchanged: 6 }, [], '12 files taken'],
    ['one file', { created: 1 }, [], '1 file taken'],
    [
      'a file that is kept out',
      { updated: 11 },
      [kept('notes/pricing.yaml', { line: 14 })],
      '11 taken, 1 kept out: notes/pricing.yaml line 14',
    ],
    ['a file without a line', { updated: 1 }, [kept('notes/a.md')], '1 taken, 1 kept out: notes/a.md'],
    [
      'several, by path',
      {},
      [kept('notes/c.md'), kept('notes/a.md', { line: 2 }), kept('notes/b.md')],
      '0 taken, 3 kept out: notes/a.md line 2 and 2 more',
    ],
    [
      'files of earlier runs, and of Dot',
      { updated: 1 },
      [kept('notes/a.md', { at: new Date(STARTED.getTime() - 1) }), kept('notes/b.md', { side: 'local' })],
      '1 file taken',
    ],
    [
      'a name that would mislead',
      { updated: 1 },
      [kept('notes/\u202Egpj.md')],
      '1 taken, 1 kept out: notes/\\u{202E}gpj.md',
    ],
  ])('names %s', (_, counts, quarantined, description) =>
    expect(resultOfPull(run(counts), quarantined, false)).toEqual({ state: 'success', description }),
  );

  it('is nothing if no context file is concerned', () => expect(resultOfPull(run({}), [], true)).toBeNull());

  it('fails only if asked, and only if a file is kept out', () => {
    expect(resultOfPull(run({ updated: 1 }), [kept('notes/a.md')], true)?.state).toBe('failed');
    expect(resultOfPull(run({ updated: 1 }), [], true)?.state).toBe('success');
  });

  it.each([
    ['ASCII', 'x'],
    ['surrogate pairs', '\u{1F600}'],
  ])('fits into 255 characters and keeps the name of the file: %s', (_, letter) => {
    const path = `notes/${letter.repeat(400)}/pricing.yaml`;
    const { description } = resultOfPull(
      run({ updated: 999 }),
      [kept(path, { line: 9 }), kept('z.md')],
      false,
    )!;
    expect(description.length).toBeLessThanOrEqual(255);
    expect(description.length).toBeGreaterThan(250);
    expect(description).toMatch(/^999 taken, 2 kept out: ….*\/pricing\.yaml line 9 and 1 more$/u);
    expect(description).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('The link of a status', () => {
  const about = { org: 'acme & co', id: 'r/1' } as unknown as Parameters<typeof statusUrl>[1];
  it.each([
    ['https://dot.example.com/{org}/runs/{run}', 'https://dot.example.com/acme%20%26%20co/runs/r%2F1'],
    ['https://dot.example.com/panel', 'https://dot.example.com/panel'],
    [undefined, undefined],
    [`https://dot.example.com/${'x'.repeat(255)}`, undefined],
  ])('%s', (template, url) => expect(statusUrl(template, about)).toBe(url));
});
