import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

const HERE = __dirname;
const ROOT = join(HERE, '../..');
/** The examples that every host compiles; a test runs the first. */
const EXAMPLES = {
  'readme.ts': 'libs/gitlab-sync/README.md',
  'import-it.ts': 'README.md',
  'importing.ts': 'docs/importing.md',
  'events.ts': 'docs/events.md',
};
const INSTALL = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
const LONGEST_MS = 240_000;

/** A host outside of this project: a copy of its folder, with the tarball and the tests that all hosts share. */
export class HostProject {
  private constructor(readonly directory: string) {}

  static create(name: string, tarball: string): HostProject {
    const directory = mkdtempSync(join(tmpdir(), `${name}-`));
    cpSync(join(HERE, name), directory, { recursive: true });
    cpSync(join(HERE, 'common'), join(directory, 'src'), { recursive: true });
    cpSync(join(HERE, 'promises'), join(directory, 'promises'), { recursive: true });
    cpSync(join(HERE, 'tsconfig.host.json'), join(directory, 'tsconfig.json'));
    cpSync(tarball, join(directory, 'gitlab-sync.tgz'));
    for (const [file, page] of Object.entries(EXAMPLES))
      writeFileSync(join(directory, 'src', file), exampleOf(page));
    return new HostProject(directory);
  }

  async install(): Promise<void> {
    await this.run('npm', INSTALL);
  }

  async compile(): Promise<void> {
    await this.run(process.execPath, ['node_modules/typescript/bin/tsc', '--project', '.']);
  }

  /** Runs every test of the host. */
  async test(env: NodeJS.ProcessEnv, node: string): Promise<void> {
    const names = readdirSync(join(this.directory, 'out/promises'));
    const files = names.filter((name) => name.endsWith('.test.js')).map((name) => join('out/promises', name));
    const PATH = `${dirname(node)}:${process.env.PATH}`; // the command finds its Node there
    await this.run(node, ['--test', '--test-force-exit', ...files], { ...env, PATH });
  }

  remove(): void {
    rmSync(this.directory, { recursive: true });
  }

  /** @throws Error with what the program printed, if it fails or takes too long */
  private async run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<void> {
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const child = spawn(program, args, {
      cwd: this.directory,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MS,
    });
    const [output, errors, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed:\n${output}${errors}`);
  }
}

/** Returns the first example of a page, as a newcomer copies it. */
function exampleOf(page: string): string {
  return /```ts\n([^]+?)```/.exec(readFileSync(join(ROOT, page), 'utf8'))![1];
}
