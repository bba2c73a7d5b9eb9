import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  breachesOfComment,
  breachesOfDocument,
  breachesOfLiteral,
  breachesOfTitle,
  commentsOf,
  literalsOf,
  titlesOf,
} from './prose';

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split(
  '\n',
);
/** The facts about GitLab and dated decisions keep the words they were written in. */
const AS_WRITTEN = /^docs\/(?:gitlab-api\.md|decisions\/)|^CHANGELOG\.md$/;
/** Takes its comments from the API's descriptions. */
const GENERATED = 'libs/gitlab-sync/src/client/api-types.ts';

describe('plain English', () => {
  it('is spoken by the comments of the product and its tests', () => {
    const sources = tracked.filter(
      (file) => /^(?:apps|libs|test)\/.*\.(?:tsx?|[cm]js)$/.test(file) && file !== GENERATED,
    );
    const breaches = sources.flatMap((file) =>
      commentsOf(readFileSync(file, 'utf8'))
        .flatMap(breachesOfComment)
        .map(({ rule, text }) => `${file}: ${rule}: ${text}`),
    );
    expect(breaches).toEqual([]);
  });

  it('is spoken by the documents', () => {
    const documents = tracked.filter(
      (file) =>
        /^(?:(?:README|CONTRIBUTING|SECURITY)\.md|docs\/.*\.md)$/.test(file) && !AS_WRITTEN.test(file),
    );
    const breaches = documents.flatMap((file) =>
      breachesOfDocument(readFileSync(file, 'utf8')).map(({ rule, text }) => `${file}: ${rule}: ${text}`),
    );
    expect(breaches).toEqual([]);
  });

  it('is spoken by the summaries and descriptions of the API', () => {
    const texts = descriptionsOf(JSON.parse(readFileSync('docs/openapi.json', 'utf8')));
    expect(texts.length).toBeGreaterThan(300);
    const breaches = texts.flatMap((text) =>
      breachesOfDocument(text).map(({ rule }) => `docs/openapi.json: ${rule}: ${text}`),
    );
    expect(breaches).toEqual([]);
  });

  it('is spoken by the titles of the specs', () => {
    const specs = tracked.filter((file) => /^(?:apps|libs)\/.*\.spec\.tsx?$|^test\/.*\.ts$/.test(file));
    const titles = specs.flatMap((file) =>
      titlesOf(readFileSync(file, 'utf8')).map((title) => ({ file, title })),
    );
    expect(titles.length).toBeGreaterThan(2000);
    const breaches = titles.flatMap(({ file, title }) =>
      breachesOfTitle(title).map(({ rule }) => `${file}: ${rule}: ${title}`),
    );
    expect(breaches).toEqual([]);
  });

  it('is spoken by the texts in the code of the product', () => {
    const sources = tracked.filter(
      (file) =>
        /^(?:apps|libs)\/.*\.(?:tsx?|[cm]js)$/.test(file) &&
        !/\.spec\.tsx?$|\/testing\//.test(file) &&
        file !== GENERATED,
    );
    const texts = sources.flatMap((file) =>
      literalsOf(readFileSync(file, 'utf8')).map((text) => ({ file, text })),
    );
    expect(texts.length).toBeGreaterThan(2000);
    const breaches = texts.flatMap(({ file, text }) =>
      breachesOfLiteral(text).map(({ rule }) => `${file}: ${rule}: ${text}`),
    );
    expect(breaches).toEqual([]);
  });

  it('finds the texts of literals, templates and JSX', () => {
    const source =
      "const a = 'b'; const c = 'd e'; const f = `g h ${i} j k`; const l = <p title='m n'>o p</p>;";
    expect(literalsOf(source)).toEqual(['d e', 'g h ', ' j k', 'm n', 'o p']);
    expect(breachesOfLiteral('Begin anew to see what is there').map(({ rule }) => rule)).toEqual([
      'say "again"',
    ]);
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
    ['// The twins are away', ['say "unavailable"', 'use the new name']],
    ['// The key ring; a string of rings', ['use the new name']],
    [`/** ${'word '.repeat(25)}*/`, ['at most 24 words']],
  ])('has rules: %s', (source, rules) => {
    const found = commentsOf(source)
      .flatMap(breachesOfComment)
      .map(({ rule }) => rule);
    expect(found.sort()).toEqual([...rules].sort());
  });
});

/** The texts for people in an OpenAPI document, without its examples. */
function descriptionsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) => {
    if (/^examples?$/.test(key)) return [];
    return /^(?:summary|description)$/.test(key) && typeof value === 'string' ? value : descriptionsOf(value);
  });
}
