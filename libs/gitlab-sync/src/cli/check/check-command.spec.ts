import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../../../..');
const TYPESCRIPT = join(ROOT, 'test/support/run-typescript.cjs');
const PROGRAM = join(ROOT, 'libs/gitlab-sync/src/cli/main.ts');

/** Writes which modules each thread of a process loaded, and each host that it looked for. */
const PROBE = `
  const { writeFileSync } = require('node:fs');
  const net = require('node:net');
  const { threadId } = require('node:worker_threads');
  const sought = [];
  net.Socket.prototype.connect = function (...words) { sought.push(String(words)); throw new Error('offline'); };
  const note = () => writeFileSync(process.env.NOTES + '/' + threadId + '.json',
    JSON.stringify({ modules: Object.keys(require.cache), sought }));
  process.on('exit', note);
  const { Module } = require('node:module');
  const load = Module._load;
  // A worker may be ended at any moment.
  if (threadId) Module._load = (...words) => { const loaded = load(...words); note(); return loaded; };
`;
const SERVICE_ONLY = /node_modules\/(?:@nestjs|typeorm|pg|bull|ioredis|express|axios|reflect-metadata)\//;

describe('gitlab-sync check', () => {
  let root: string;
  const write = (path: string, text: string) => {
    mkdirSync(join(root, 'notes'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const run = (words: readonly string[] = [], env: NodeJS.ProcessEnv = {}, hooks: readonly string[] = []) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...['--require', TYPESCRIPT], ...hooks, PROGRAM, 'check', ...words],
      { cwd: root, encoding: 'utf8', env: { ...process.env, ...env } },
    );
    return { status, stdout, stderr };
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'check-'));
    write('notes/a.md', 'a\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it(
    'exits with 0 without problems, with a summary',
    () =>
      expect(run()).toMatchObject({
        status: 0,
        stdout: expect.stringMatching(/^1 file checked: 0 kept out/),
        stderr: '',
      }),
    30_000,
  );

  it('exits with 1 if a file is kept out, without colours in a pipe', () => {
    write('notes/b.yaml', 'a: [\n');
    const { status, stdout } = run([], { FORCE_COLOR: '1', CI: 'true' });
    expect(status).toBe(1);
    expect(stdout).toMatch(/^notes\/b\.yaml\n {2}kept out {2}2:1 {2}yaml_invalid: /);
  });

  it('exits with 1 for a warning only if asked', () => {
    write('notes/Q3: plan.md', 'a\n');
    expect(run().status).toBe(0);
    expect(run(['--strict']).status).toBe(1);
  });

  it.each([
    ['an unknown option', ['--bogus'], /unknown option/],
    ['an unknown format', ['--format', 'xml'], /Allowed choices are text, json, junit, codequality/],
    ['a bad directory', ['/etc'], /^The arguments: directories\[0\] must be relative/],
    ['a configuration that is not there', ['--config', 'gone.json'], /^gone\.json cannot be read/],
    ['a file that cannot be written', ['--output', 'gone/report.xml'], /^The check could not run: .*ENOENT/],
  ])(
    'exits with 2 for %s',
    (_, words, why) => {
      const { status, stderr } = run(words);
      expect(stderr).toMatch(why);
      expect(status).toBe(2);
    },
    30_000,
  );

  it('writes a report to a file', () => {
    const { status, stdout } = run(['--format', 'junit', '--output', 'report.xml']);
    expect([status, stdout]).toEqual([0, '']);
    expect(readFileSync(join(root, 'report.xml'), 'utf8')).toContain('<testcase name="notes/a.md"');
  });

  it('loads neither Nest nor the driver of a database, and needs no network', () => {
    const notes = mkdtempSync(join(tmpdir(), 'notes-'));
    const probe = join(notes, 'probe.cjs');
    writeFileSync(probe, PROBE);
    expect(run([], { NOTES: notes }, ['--require', probe]).status).toBe(0);
    const threads = readdirSync(notes).filter((name) => name.endsWith('.json'));
    const loaded = threads.map((name) => JSON.parse(readFileSync(join(notes, name), 'utf8')));
    rmSync(notes, { recursive: true });
    expect(threads.length).toBeGreaterThan(1);
    const modules: string[] = loaded.flatMap((thread) => thread.modules);
    expect(modules).toContainEqual(expect.stringContaining('node_modules/commander/'));
    expect(modules).toContainEqual(expect.stringContaining('node_modules/js-yaml/'));
    expect(modules.filter((name) => SERVICE_ONLY.test(name))).toEqual([]);
    expect(loaded.flatMap((thread) => thread.sought)).toEqual([]);
  });
});
