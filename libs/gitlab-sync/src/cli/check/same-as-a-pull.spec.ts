import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lfsFile, submodule, symlink, type FileSpec } from '@app/fake-gitlab';
import { Scope } from '@app/kernel';
import { ENDLESS_YAML } from '../../../../../test/support/hostile-texts';
import { SyncWorld } from '../../../../../test/support/sync-world';
import { runCheck, type Checked } from './run-check';

/** Put together here, so that no scanner takes this file for a leak. */
const TOKEN = ['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-');
const MAX_BYTES = 2_000;

const TEXTS: Readonly<Record<string, string | Buffer>> = {
  plain: 'All is well.\n',
  empty: '',
  'with a byte order mark': '\uFEFFa: 1\n',
  'with CRLF': 'a: 1\r\nb: 2\r\n',
  'broken yaml': 'a: [1,\n',
  'broken front matter': '---\ntitle: "Plan\n---\nText\n',
  'two documents': 'a: 1\n---\nb: 2\n',
  'an odd tag': 'a: !odd 1\n',
  'a tab': 'a:\n\t- 1\n',
  'nested too deeply': `${'['.repeat(300)}${']'.repeat(300)}\n`,
  'not UTF-8': Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]),
  'UTF-16': Buffer.from('\uFEFFa: 1\n', 'utf16le'),
  binary: Buffer.from([0, 1, 2, 3, 255, 254]),
  'the largest': 'x'.repeat(MAX_BYTES),
  'too large': 'x'.repeat(MAX_BYTES + 1),
  'an LFS pointer': `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 3\n`,
  'a credential': `a: ${TOKEN}\n`,
  'two credentials': `a: 1\nb: ${TOKEN}\nc: postgres://ada:hunter-2@db.acme.com\n`,
  'hidden text': `a: 1${String.fromCodePoint(0xe0041, 0xe0042)}\n`,
  'a broken text with a credential': `a: [${TOKEN}\n`,
};

const NAMES: readonly string[] = [
  'notes/Q3: plan.md',
  'notes/CON.md',
  'notes/trailing./a.md',
  'notes/caf\u00e9.md',
  'notes/cafe\u0301.md',
  'notes/Twin.md',
  'notes/twin.md',
  'notes/back\\slash.md',
  'notes/line\nbreak.md',
  'notes/\u202Egpj.md',
  `notes/${TOKEN}.md`,
  'notes/git~1/x.md',
  'notes/directory.md/inside.md',
  'notes/.hidden.md',
  'notes/README.MD',
  'notes/picture.png',
  'elsewhere/broken.yaml',
  'relationships.yaml',
];

const TREE: Readonly<Record<string, FileSpec>> = {
  ...Object.fromEntries(
    Object.entries(TEXTS).flatMap(([name, text]) =>
      ['md', 'yaml'].map((extension) => [`notes/${name}.${extension}`, text]),
    ),
  ),
  ...Object.fromEntries(NAMES.map((name) => [name, 'a: 1\n'])),
  'notes/link.md': symlink('plain.md'),
  'skills/library.md': submodule('c'.repeat(40)),
  'data_sources/kept in lfs.md': lfsFile('the text'),
  'notes/caf\udce9.md': 'a name in Latin-1',
};

/** Writes what a clone of the tree would hold; a submodule that is not there is an empty directory. */
function checkedOut(root: string): void {
  for (const [path, spec] of Object.entries(TREE)) {
    const { mode, content } =
      typeof spec === 'string' || Buffer.isBuffer(spec) || !spec ? { mode: '100644', content: spec! } : spec;
    const name = Buffer.concat([
      Buffer.from(`${root}/`),
      ...[...path].map((character) =>
        character === '\udce9' ? Buffer.from([0xe9]) : Buffer.from(character),
      ),
    ]);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (mode === '120000') symlinkSync(String(content), name);
    else if (mode === '160000') mkdirSync(name);
    else writeFileSync(name, content);
  }
}

function commit(root: string): void {
  const git = (...words: string[]) => execFileSync('git', ['-C', root, ...words]);
  git('init', '--quiet');
  git('-c', 'core.protectNTFS=false', 'add', '--all');
  git('update-index', '--add', '--cacheinfo', `160000,${'c'.repeat(40)},skills/library.md`);
}

/** Returns the reason and place of each file in quarantine, by path. */
async function keptOutByPull(): Promise<Record<string, unknown>> {
  const world = await SyncWorld.configured({ gitlab: TREE, settings: { maxFileBytes: MAX_BYTES } });
  await world.sync();
  const held = [...(await world.quarantined()).values()];
  return Object.fromEntries(
    held.map(({ path, reason, detail, line, column }) => [path, { reason, detail, line, column }]),
  );
}

/** Returns the flags of the files that were pulled. */
async function flaggedByPull(): Promise<Record<string, string>> {
  const world = await SyncWorld.configured({ gitlab: TREE, settings: { maxFileBytes: MAX_BYTES } });
  await world.sync();
  const { items } = await world.engine.files.execute(world.org, { limit: 200 });
  return Object.fromEntries(
    items.flatMap(({ path, state, reason }) => (state === 'in_sync' && reason ? [[path, reason]] : [])),
  );
}

/** GitLab leaves out the bytes of a name that are not UTF-8, and shows a path that cannot be in a safe form. */
const asGitLabShows = (path: string) => path.replace('caf\uFFFD', 'caf');

const keptOutByCheck = ({ findings }: Checked) =>
  Object.fromEntries(
    findings
      .filter(({ outcome }) => outcome === 'kept_out')
      .map(({ path, reason, detail, line, column }) => [
        asGitLabShows(path),
        { reason, detail, line, column },
      ]),
  );

const flaggedByCheck = ({ findings }: Checked) =>
  findings
    .filter(({ outcome }) => outcome === 'warning')
    .map(({ path, reason, detail }) => [path, `${reason}: ${detail}`] as const);

describe('A check of a working tree', () => {
  let root: string;
  const check = () => runCheck(root, { scope: new Scope(), maxFileBytes: MAX_BYTES });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'check-'));
    checkedOut(root);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('keeps out what a pull of the same tree keeps out, for the same reason at the same place', async () => {
    commit(root);
    const checked = await check();
    expect(checked.withoutGit).toBeNull();
    const pulled = await keptOutByPull();
    expect(Object.keys(pulled).length).toBeGreaterThan(15);
    expect(keptOutByCheck(checked)).toEqual(pulled);
  });

  it('warns of what a pull of the same tree flags', async () => {
    commit(root);
    const warnings = flaggedByCheck(await check());
    const flagged = await flaggedByPull();
    expect(Object.keys(flagged).length).toBeGreaterThan(8);
    expect([...new Set(warnings.map(([path]) => path))].sort()).toEqual(Object.keys(flagged).sort());
    // The list of files names one finding in a text of several.
    for (const [path, reason] of Object.entries(flagged))
      for (const part of reason.split(/; (?=\w+: )/)) expect(warnings).toContainEqual([path, part]);
  });

  it('finds the same without git, but for a submodule, which is a directory there', async () => {
    const { 'skills/library.md': _, ...rest } = await keptOutByPull();
    const checked = await check();
    expect(checked.withoutGit).toMatch(/not a git repository/);
    expect(keptOutByCheck(checked)).toEqual(rest);
  });

  it('ends a text over which the service would end its worker', async () => {
    writeFileSync(join(root, 'notes/endless.yaml'), ENDLESS_YAML);
    const { findings } = await runCheck(root, { scope: new Scope(['notes']), maxFileBytes: 1_048_576 });
    expect(findings.filter(({ reason }) => reason === 'too_complex').map(({ path }) => path)).toEqual([
      'notes/endless.yaml',
    ]);
  });
});
