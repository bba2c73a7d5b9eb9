import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILES = 5_000;
const MOST_MS = 3_000;
const ROUNDS = 3;
const PROGRAM = join(__dirname, '../../dist/package/lib/gitlab-sync/src/cli/main.js');

/** Checks a repository of 5,000 files with the command as it is published, from its start to its end. */
export async function run(): Promise<boolean> {
  if (!existsSync(PROGRAM)) throw new Error('Build the package first: npm run package');
  const root = mkdtempSync(join(tmpdir(), 'bench-check-'));
  try {
    for (let n = 0; n < FILES; n++) write(root, n);
    spawnSync('git', ['init', '--quiet'], { cwd: root });
    spawnSync('git', ['add', '--all'], { cwd: root });
    const times = Array.from({ length: ROUNDS }, () => checkOnce(root));
    console.log(`${FILES} files: ${times.map((time) => `${time.toFixed(0)} ms`).join(', ')}`);
    return Math.max(...times) <= MOST_MS;
  } finally {
    rmSync(root, { recursive: true });
  }
}

function checkOnce(root: string): number {
  const begun = performance.now();
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, 'check'], { cwd: root, encoding: 'utf8' });
  if (status !== 0 || !stdout.startsWith(`${FILES} files checked`))
    throw new Error(`exit ${status}: ${stdout}`);
  return performance.now() - begun;
}

/** Two of three are Markdown with front matter, of 4 KB as most context files are; one is YAML. */
function write(root: string, n: number): void {
  const directory = join(root, 'notes', `team-${n % 50}`);
  mkdirSync(directory, { recursive: true });
  const lines = Array.from(
    { length: 60 },
    (_, line) => `Line ${line} of note ${n}: what we agreed on, and why.`,
  );
  if (n % 3) writeFileSync(join(directory, `${n}.md`), `---\ntitle: Note ${n}\n---\n${lines.join('\n')}\n`);
  else {
    const entries = lines.map((text, line) => `  - { id: ${n}-${line}, text: "${text}" }`);
    writeFileSync(join(directory, `${n}.yaml`), `name: list ${n}\nitems:\n${entries.join('\n')}\n`);
  }
}
