import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { breachesOfComment, breachesOfDocument, breachesOfTitle, commentsOf, titlesOf } from './prose';

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split(
  '\n',
);
/** The facts about GitLab and dated decisions keep the words they were written in. */
const AS_WRITTEN = /^docs\/(?:gitlab-api\.md|decisions\/)|^CHANGELOG\.md$/;
/** Takes its comments from the API's descriptions. */
const GENERATED = 'libs/gitlab-sync/src/client/api-types.ts';

/** Directories whose titles keep their old words for now. Take a directory off this list with its last idiom. */
const OLD_TITLES = [
  ...['apps/panel/', 'apps/server/', 'libs/audit/', 'libs/context-store/src/http/', 'libs/database/'],
  ...['libs/http/', 'libs/inspection/', 'libs/sync-engine/', 'test/'],
];

describe('plain English', () => {
  it('is spoken by the comments of the product', () => {
    const sources = tracked.filter((file) => /^(?:apps|libs)\/.*\.tsx?$/.test(file) && file !== GENERATED);
    const breaches = sources.flatMap((file) =>
      commentsOf(readFileSync(file, 'utf8'))
        .flatMap(breachesOfComment)
        .map(({ rule, text }) => `${file}: ${rule}: ${text}`),
    );
    expect(breaches).toEqual([]);
  });

  it('is spoken by the documents', () => {
    const documents = tracked.filter(
      (file) => /^(?:README\.md|docs\/.*\.md)$/.test(file) && !AS_WRITTEN.test(file),
    );
    const breaches = documents.flatMap((file) =>
      breachesOfDocument(readFileSync(file, 'utf8')).map(({ rule, text }) => `${file}: ${rule}: ${text}`),
    );
    expect(breaches).toEqual([]);
  });

  it('is spoken by the titles of the specs', () => {
    const specs = tracked.filter(
      (file) => file.endsWith('.spec.ts') && !OLD_TITLES.some((directory) => file.startsWith(directory)),
    );
    const titles = specs.flatMap((file) =>
      titlesOf(readFileSync(file, 'utf8')).map((title) => ({ file, title })),
    );
    expect(titles.length).toBeGreaterThan(500);
    const breaches = titles.flatMap(({ file, title }) =>
      breachesOfTitle(title).map(({ rule }) => `${file}: ${rule}: ${title}`),
    );
    expect(breaches).toEqual([]);
  });

  it('finds the titles of suites, cases and tables', () => {
    const source = "describe('A', () => { it('b', f); it.each([['x']])('c %s', f); run('d'); });";
    expect(titlesOf(source)).toEqual(['A', 'b', 'c %s']);
    expect(breachesOfTitle('waits where nothing is there')).toHaveLength(1);
  });

  it.each([
    [
      '/** Where it fails, nobody is told. */',
      ['say "if" or "when"', 'name the subject', 'say "return", "report" or "notify"', 'start with a verb'],
    ],
    ['/** Returns the files by path. */', []],
    ['// Twins are away', ['say "unavailable"']],
    [`/** ${'word '.repeat(25)}*/`, ['at most 24 words']],
  ])('has rules: %s', (source, rules) => {
    const found = commentsOf(source)
      .flatMap(breachesOfComment)
      .map(({ rule }) => rule);
    expect(found.sort()).toEqual([...rules].sort());
  });
});
