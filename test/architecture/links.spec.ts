import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const ROOT = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const files = ['apps', 'libs', 'test', 'docs'].flatMap((directory) =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .map((file) => join(directory, file))
    .filter((file) => /\.(ts|mjs|cjs|md)$/.test(file)),
);
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...files.filter((file) => file.endsWith('.md')),
];

/** The anchors that GitHub gives to the headings of a page. */
function anchorsOf(page: string): Set<string> {
  const headings = read(page).match(/^#+ .*$/gm) ?? [];
  return new Set(
    headings.map((heading) =>
      heading
        .replace(/^#+ /, '')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Links of a page to pages and headings, as paths from the root. */
function linksIn(page: string): string[] {
  const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => (target.startsWith('#') ? `${page}${target}` : normalize(join(dirname(page), target))));
}

/** References of code to headings; a list names the page once. */
function referencesIn(file: string): string[] {
  return [...read(file).matchAll(/(docs\/[\w/-]+\.md)(#[\w-]+(?:, #[\w-]+)*)/g)].flatMap(
    ([, page, anchors]) => anchors.split(', ').map((anchor) => `${page}${anchor}`),
  );
}

function isThere(link: string): boolean {
  const [page, anchor] = link.split('#');
  return existsSync(join(ROOT, page)) && (anchor === undefined || anchorsOf(page).has(anchor));
}

describe('Links', () => {
  it('of the pages lead somewhere', () => {
    const links = pages.flatMap((page) => linksIn(page).map((link) => ({ page, link })));
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ link }) => !isThere(link))).toEqual([]);
  });

  it('of the code lead to a heading', () => {
    const references = files.flatMap((file) => referencesIn(file).map((link) => ({ file, link })));
    expect(references.length).toBeGreaterThan(60);
    expect(references.filter(({ link }) => !isThere(link))).toEqual([]);
  });

  it('replace the section numbers of a document that is not in the repository', () => {
    const sign = '\u00A7';
    expect([...pages, ...files].filter((file) => read(file).includes(sign))).toEqual([]);
  });
});
