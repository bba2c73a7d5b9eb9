import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { InspectionLimits, PooledInspector } from '@app/inspection/testing';

const run = promisify(execFile);
const ROOT = join(__dirname, '../..');
const MODULES = join(ROOT, 'node_modules');
const FOLDER = 'libs/inspection/src/infrastructure';
const BROKEN = 'a: [';
const EXPECTED = [{ problem: { reason: 'yaml_invalid', line: 1, column: 5 } }];

/** Inspects a text with what lies in the directory, and prints the outcome. */
const PROGRAM = `
  require('reflect-metadata');
  const [, directory] = process.argv;
  const { PooledInspector } = require(directory + '/pooled-inspector');
  const { InspectionLimits } = require(directory + '/../application/inspection-limits');
  const inspector = new PooledInspector(new InspectionLimits());
  inspector
    .inspect([{ kind: 'yaml', bytes: Buffer.from('${BROKEN}') }])
    .then((outcomes) => console.log(JSON.stringify(outcomes)))
    .finally(() => inspector.onApplicationShutdown());`;

async function outcomesOf(directory: string, options: readonly string[] = [], cwd = ROOT): Promise<unknown> {
  const { stdout } = await run(process.execPath, [...options, '--eval', PROGRAM, directory], { cwd });
  return JSON.parse(stdout);
}

describe('the worker that inspects texts', () => {
  let scratch: string;
  let dist: string;
  let elsewhere: string;

  beforeAll(async () => {
    elsewhere = await mkdtemp(join(tmpdir(), 'host-'));
    await mkdir(join(MODULES, '.cache'), { recursive: true });
    scratch = await mkdtemp(join(MODULES, '.cache/build-'));
    dist = join(scratch, 'dist');
    const config = join(scratch, 'tsconfig.json');
    const compilerOptions = { outDir: dist, rootDir: ROOT, noCheck: true }; // halves the time, and changes no file
    await writeFile(
      config,
      JSON.stringify({ extends: join(ROOT, 'apps/tsconfig.app.json'), compilerOptions }),
    );
    const nest = join(MODULES, '@nestjs/cli/bin/nest.js');
    await run(process.execPath, [nest, 'build', 'server', '--path', relative(ROOT, config)], { cwd: ROOT });
  }, 180_000);
  afterAll(async () => {
    await rm(scratch, { recursive: true, force: true });
    await rm(elsewhere, { recursive: true, force: true });
  });

  it('starts from sources within Jest', async () => {
    const inspector = new PooledInspector(new InspectionLimits());
    const outcomes = await inspector.inspect([{ kind: 'yaml', bytes: Buffer.from(BROKEN) }]);
    await inspector.onApplicationShutdown();
    expect(outcomes).toMatchObject(EXPECTED);
  });

  it('starts from sources in a process that compiles them', async () => {
    const hook = ['--require', join(ROOT, 'test/support/run-typescript.cjs')];
    expect(await outcomesOf(join(ROOT, FOLDER), hook)).toMatchObject(EXPECTED);
  });

  it('starts from what nest build makes', async () => {
    expect(await outcomesOf(join(dist, FOLDER), ['--no-memory-reducer'])).toMatchObject(EXPECTED);
  });

  it('finds every module in what nest build makes: no alias is left', async () => {
    const files = await readdir(dist, { recursive: true });
    const scripts = await Promise.all(
      files.filter((file) => file.endsWith('.js')).map((file) => readFile(join(dist, file), 'utf8')),
    );
    expect(scripts.flatMap((script) => script.match(/require\("@app\/[^"]*"\)/g) ?? [])).toEqual([]);
  });

  it('starts from an installed package', async () => {
    const modules = join(elsewhere, 'node_modules');
    await cp(dist, join(modules, 'dot-gitlab-sync/dist'), { recursive: true });
    const packages = (await readdir(MODULES)).filter((name) => !name.startsWith('.'));
    await Promise.all(packages.map((name) => symlink(join(MODULES, name), join(modules, name))));
    const directory = `dot-gitlab-sync/dist/${FOLDER}`;
    expect(await outcomesOf(directory, [], elsewhere)).toMatchObject(EXPECTED);
  });
});
