// Starts everything here from a clean clone: installs and builds what is missing, then runs in this very process.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = [20, 19];

const PROGRAMS = {
  server: 'dist/apps/server/src/main.js',
  token: 'dist/apps/server/src/cli/token.js',
  'keys:rotate': 'dist/apps/server/src/cli/rotate-keys.js',
  migrate: 'dist/apps/server/src/cli/migrate.js',
  demo: 'dist/apps/fake-gitlab/src/demo.js',
  'fake-gitlab': 'dist/apps/fake-gitlab/src/main.js',
  test: 'node_modules/jest/bin/jest.js',
};

const [name, ...args] = process.argv.slice(2);
const program = PROGRAMS[name];
if (!program) fail(`Usage: node apps/run.mjs ${Object.keys(PROGRAMS).join('|')} [options]`);
if (isTooOld(process.versions.node)) {
  fail(
    `Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}. See https://nodejs.org.`,
  );
}

process.chdir(ROOT);
await alone(() => {
  if (!isInstalled()) step('Installing packages (only once, about a minute)', install);
  if (name !== 'test' && !isBuilt()) step('Building', build);
});
if (process.env.npm_lifecycle_event) stopWithoutParent(process.ppid);
process.argv = [process.argv[0], join(ROOT, program), ...args];
await import(pathToFileURL(join(ROOT, program)).href);

/** A killed npm tells only the shell it started, not us: once the parent is gone, so is the reason to run. */
function stopWithoutParent(parent) {
  const check = () => process.ppid === parent || process.kill(process.pid, 'SIGTERM');
  setInterval(check, 500).unref();
}

function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
}

/** npm leaves a note of what it installed; it holds every package of the lock file, but for those of other platforms. */
function isInstalled() {
  const note = join('node_modules', '.package-lock.json');
  if (!existsSync(note)) return false;
  const wanted = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages;
  const present = JSON.parse(readFileSync(note, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

function install() {
  const options = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  if (npm && basename(npm).startsWith('npm-cli')) run(process.execPath, [npm, ...options]);
  else run('npm', options, { shell: process.platform === 'win32' });
}

function isBuilt() {
  const stamp = join('dist', '.sources');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

function build() {
  const sources = fingerprint();
  run(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build']);
  run(process.execPath, ['apps/panel/build.mjs']);
  mkdirSync('dist', { recursive: true });
  writeFileSync(join('dist', '.sources'), sources);
}

function fingerprint() {
  const files = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map((file) => join(folder, file))
      .filter((file) => /\.(tsx?|json|css|html|mjs)$/.test(file) && !/\.spec\.ts$/.test(file)),
  );
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'tsconfig.json', 'nest-cli.json', ...files.sort()]) {
    hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Two terminals may start at once in a clean clone; the second waits until the first has installed and built. */
async function alone(work) {
  const lock = join(
    tmpdir(),
    `dot-gitlab-sync-${createHash('sha256').update(ROOT).digest('hex').slice(0, 16)}`,
  );
  for (let tries = 0; !take(lock); tries++) {
    if (tries === 3) process.stderr.write('Waiting for another start to install and build\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = Number(existsSync(lock) && readFileSync(lock, 'utf8'));
  if (holder && !isAlive(holder)) rmSync(lock, { force: true });
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Progress goes to stderr, so that the output of `token` is the token alone. */
function step(title, work) {
  const from = Date.now();
  process.stderr.write(`${title} ... `);
  work();
  process.stderr.write(`done in ${Math.ceil((Date.now() - from) / 1000)} s\n`);
}

function run(command, args, options = {}) {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    ...options,
  });
  if (status === 0) return;
  process.stderr.write('failed\n');
  if (signal) fail(`Stopped by ${signal}.`);
  fail([error?.message, stdout, stderr].filter(Boolean).join('\n').trim());
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
