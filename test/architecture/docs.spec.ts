import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const below = (directory: string) =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' }).map((file) =>
    join(directory, file),
  );

const tree = ['apps', 'libs', 'test', 'docs', '.ci'].flatMap(below);
const names = new Set(tree.map((path) => basename(path)));
const pages = ['README.md', ...tree.filter((path) => /^docs\/.*\.md$/.test(path))];

/** A path from the root, which may end in `*`, or the name of a spec alone. */
const filesNamedIn = (page: string): string[] =>
  [...read(page).matchAll(/`([\w./*-]+)`/g)]
    .map(([, name]) => name)
    .filter((name) => /^(apps|libs|test|docs|\.ci)\/\w/.test(name) || name.endsWith('.spec.ts'));

const isThere = (name: string): boolean =>
  name.includes('/') ? tree.includes(name.replace(/\/\*?$/, '')) : names.has(name);

const eventsIn = (text: string): string[] => [...new Set(text.match(/\b[a-z]+\.[a-z]+\.v1\b/g))].sort();

describe('The pages for people', () => {
  it('name no file that is not there', () => {
    const named = pages.flatMap((page) => filesNamedIn(page).map((name) => ({ page, name })));
    expect(named.length).toBeGreaterThan(25);
    expect(named.filter(({ name }) => !isThere(name))).toEqual([]);
  });

  it('tell hosts of each event there is, and of no other', () => {
    const domains = tree.filter((path) => /^libs\/[\w-]+\/src\/domain\/[\w.-]+\.ts$/.test(path));
    const published = domains.filter((path) => !path.endsWith('.spec.ts')).map(read);
    expect(eventsIn(read('README.md'))).toEqual(eventsIn(published.join('\n')));
  });
});
