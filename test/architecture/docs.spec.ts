import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ERROR_CODES } from '@app/kernel';

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const below = (directory: string) =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' }).map((file) =>
    join(directory, file),
  );

const tree = ['apps', 'libs', 'test', 'docs', '.ci'].flatMap(below);
const names = new Set(tree.map((path) => basename(path)));
/** GitHub shows these where people look for them. */
const AT_THE_ROOT = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const pages = [...AT_THE_ROOT, ...tree.filter((path) => /^docs\/.*\.md$/.test(path))];

/** A path from the root, which may end in `*`, or only the name of a spec. */
const filesNamedIn = (page: string): string[] =>
  [...read(page).matchAll(/`([\w./*-]+)`/g)]
    .map(([, name]) => name)
    .filter((name) => /^(apps|libs|test|docs|\.ci)\/\w/.test(name) || name.endsWith('.spec.ts'));

const isThere = (name: string): boolean =>
  name.includes('/') ? tree.includes(name.replace(/\/\*?$/, '')) : names.has(name);

const eventsIn = (text: string): string[] => [...new Set(text.match(/\b[a-z]+\.[a-z]+\.v1\b/g))].sort();

describe('The error codes', () => {
  it('are all in use', () => {
    const used = codesInUse();
    expect(ERROR_CODES.filter((code) => !used.includes(code))).toEqual([]);
  });
});

describe('The pages for people', () => {
  it('name no file that is not there', () => {
    const named = pages.flatMap((page) => filesNamedIn(page).map((name) => ({ page, name })));
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter(({ name }) => !isThere(name))).toEqual([]);
  });

  it('give no command of npm that is not there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/\bnpm run (?:--silent )?([a-z][\w:]*)/g)].map(([, name]) => ({ page, name })),
    );
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
  });

  it('name at the root the way to report a vulnerability, the supported versions and the rules', () => {
    const [readme, contributing, security] = AT_THE_ROOT.map(read);
    expect(security).toMatch(/^## Reporting a vulnerability$/m);
    expect(security).toMatch(/privately, through the repository's security advisories/);
    expect(security).toMatch(/^## Supported versions$/m);
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(security).toContain(`Node ${/\d+\.\d+/.exec(engines.node)![0]} or later`);
    expect(security).toMatch(/^## Threat model\n\n\[docs\/security\.md\]\(docs\/security\.md\)/m);
    expect(read('docs/security.md')).toContain('(../SECURITY.md)');
    expect(contributing).toContain('(docs/contributing.md)');
    for (const page of AT_THE_ROOT.slice(1)) expect(readme).toContain(`(${page})`);
  });

  it('list every event for hosts, and no other', () => {
    const domains = tree.filter((path) => /^libs\/[\w-]+\/src\/domain\/[\w.-]+\.ts$/.test(path));
    const published = domains.filter((path) => !path.endsWith('.spec.ts')).map(read);
    expect(eventsIn(read('docs/events.md'))).toEqual(eventsIn(published.join('\n')));
  });

  it('explain every error code and every reason of quarantine, and no other', () => {
    const words = [...new Set([...codesInUse(), ...quarantineReasons()])].sort();
    expect(words.length).toBeGreaterThan(60);
    const page = read('docs/troubleshooting.md');
    expect(words.filter((word) => !page.includes(`| \`${word}\` `))).toEqual([]);
    const explained = [...page.matchAll(/^\| `([a-z0-9_]+)` /gm)].map(([, word]) => word);
    expect(explained.filter((word) => !words.includes(word))).toEqual([]);
  });
});

const sources = tree.filter((path) =>
  /^(libs\/(?!fake-)[\w-]+|apps\/server)\/src\/.*(?<!\.spec)\.ts$/.test(path),
);
const wordsOf = (text: string): string[] =>
  [...text.matchAll(/'([a-z]+(?:_[a-z0-9]+)*)'/g)].map(([, word]) => word);
const matchesIn = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) => [...read(path).matchAll(pattern)].flatMap(([whole]) => wordsOf(whole)));

/** Codes that errors, problems and findings have: `code = '...'`, `code: '...'`, `problemOf(404, '...'`. */
function codesInUse(): string[] {
  return matchesIn(
    sources,
    /\bcode(?:: ErrorCode)?(?: =|:) '[a-z0-9_]+'|\bproblemOf\(\s*\d+,\s*'[a-z0-9_]+'/g,
  );
}

/** Reasons given in place, in a field's type, as a named word, or as the kind of an entry that is no file. */
function quarantineReasons(): string[] {
  const places = sources.filter((path) => /^libs\/(inspection|context-store|sync-engine)\//.test(path));
  return [
    ...matchesIn(places, /\breason: '[^;,}]+/g),
    ...matchesIn(places, /type ContentReason =[^;]+;/g),
    ...matchesIn(places, /^export const [A-Z_]+ = '[a-z0-9_]+';/gm),
    ...matchesIn(['libs/gitlab/src/gitlab.types.ts'], /type EntryKind =[^;]+;/g),
  ].filter((word) => word !== 'file');
}
