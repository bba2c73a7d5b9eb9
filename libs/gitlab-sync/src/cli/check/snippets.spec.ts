import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { parseDirectories } from '@app/project-config/core';

const ROOT = join(__dirname, '../../../../..');
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const PAGE = read('docs/checking.md');
const blocks = (language: string) =>
  [...PAGE.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``, 'g'))].map(([, text]) => text);
const yamlIn = (text: string) => parseAllDocuments(text).map((document) => document.toJS());

interface Job {
  readonly script: readonly string[];
  readonly artifacts: { readonly reports: Readonly<Record<string, string>> };
}

interface Hook {
  readonly id: string;
  readonly name: string;
  readonly entry: string;
  readonly language: string;
  readonly files?: string;
}

const NODE = [process.execPath, '--require', join(ROOT, 'test/support/run-typescript.cjs')];
const PROGRAM = [...NODE, join(ROOT, 'libs/gitlab-sync/src/cli/main.ts')]
  .map((word) => `'${word}'`)
  .join(' ');
/** Play a machine on which the package is installed. */
const COMMANDS = {
  'gitlab-sync': `exec ${PROGRAM} "$@"`,
  npm: 'case "$*" in "install "*@dot/gitlab-sync*) exit 0;; *) exit 9;; esac',
  npx: 'while [ "$1" != gitlab-sync ]; do shift || exit 9; done; exec "$@"',
};

describe('The snippets of the page about checks', () => {
  let root: string;
  let commands: string;
  const write = (path: string, text: string) => {
    mkdirSync(join(root, 'notes'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const shell = (script: string) =>
    spawnSync('/bin/sh', ['-ec', script], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${commands}${delimiter}${process.env.PATH}` },
    });
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'snippets-'));
    commands = mkdtempSync(join(tmpdir(), 'commands-'));
    for (const [name, script] of Object.entries(COMMANDS)) {
      writeFileSync(join(commands, name), `#!/bin/sh\n${script}\n`);
      chmodSync(join(commands, name), 0o755);
    }
    write('notes/a.md', 'a\n');
    shell('git init --quiet');
  });
  afterEach(() => [root, commands].forEach((directory) => rmSync(directory, { recursive: true })));

  it('run in a shell', () => {
    const [example] = blocks('sh');
    expect(example.match(/gitlab-sync check/g)).toHaveLength(3);
    expect(shell(example)).toMatchObject({ status: 0, stderr: '' });
  });

  it('show what the command prints', () => {
    write('notes/pricing.yaml', `${'a: 1\n'.repeat(12)}b:\n  \t- 1\n`);
    write('notes/tokens.md', `Hello\nUse ${['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-')}\n`);
    for (let n = 1; n < 10; n++) write(`notes/${n}.md`, 'text\n');
    expect(shell('gitlab-sync check').stdout).toBe(blocks('text')[0]);
  });

  it('have a configuration that is valid', () => {
    const [config] = blocks('json');
    expect(() => parseDirectories(JSON.parse(config).directories)).not.toThrow();
    write('.gitlab-sync.json', config);
    expect(shell('gitlab-sync check').status).toBe(0);
  });

  const pipelines: [string, () => Job][] = [
    ['the page', () => jobIn(yamlIn(blocks('yaml')[0])[0])],
    ['the component', () => componentJob({})],
  ];
  it.each(pipelines)(
    'write both reports in a pipeline, also if a file is kept out: %s',
    (_, job) => {
      const { script, artifacts } = job();
      const { junit, codequality } = artifacts.reports;
      expect(shell(script.join('\n'))).toMatchObject({ status: 0 });
      for (const name of [junit, codequality]) rmSync(join(root, name));
      write('notes/b.yaml', 'a: [\n');
      expect(shell(script.join('\n'))).toMatchObject({ status: 1 });
      expect([junit, codequality].map((name) => existsSync(join(root, name)))).toEqual([true, true]);
    },
    60_000,
  );

  it('fail a pipeline in which the check cannot run', () => {
    write('.gitlab-sync.json', '{');
    expect(shell(componentJob({ options: '--strict' }).script.join('\n')).status).toBe(2);
  });

  const hooks: [string, () => Hook][] = [
    ['.pre-commit-hooks.yaml', () => yamlIn(read('.pre-commit-hooks.yaml'))[0][0]],
    ['the page', () => yamlIn(blocks('yaml')[1])[0].repos[0].hooks[0]],
    ['the page, without npm', () => yamlIn(blocks('yaml')[2])[0].repos[0].hooks[0]],
  ];
  it.each(hooks)(
    'stop a commit of a file that would be kept out or flagged: %s',
    (_, hookOf) => {
      const hook = hookOf();
      expect(hook).toMatchObject({
        id: 'gitlab-sync-check',
        name: expect.any(String),
        pass_filenames: false,
      });
      expect(['system', 'node']).toContain(hook.language);
      expect(shell(hook.entry).status).toBe(0);
      write('notes/Q3: plan.md', 'text\n');
      expect(shell(hook.entry).status).toBe(1);
      const concerns = (path: string) => new RegExp(hook.files ?? '').test(path);
      expect(['a.md', 'b/c.yml', '.gitattributes', '.gitlab-sync.json'].filter(concerns)).toHaveLength(4);
      expect(hook.files ? concerns('a.ts') : false).toBe(false);
    },
    30_000,
  );
});

const jobIn = (pipeline: Record<string, unknown>): Job => pipeline['gitlab-sync-check'] as Job;

/** Replaces inputs by their values, as GitLab does; each input is declared, and each declared one is used. */
function componentJob(given: Readonly<Record<string, unknown>>): Job {
  const text = read('docs/ci/gitlab-sync-check.yml');
  const declared = yamlIn(text)[0].spec.inputs as Record<string, { readonly default: unknown }>;
  const used = new Set([...text.matchAll(/\$\[\[ inputs\.(\w+) \]\]/g)].map(([, name]) => name));
  expect([...used].sort()).toEqual(Object.keys(declared).sort());
  const filled = text.replace(/\$\[\[ inputs\.(\w+) \]\]/g, (_, name: string) =>
    String(given[name] ?? declared[name].default),
  );
  return jobIn(yamlIn(filled)[1]);
}
