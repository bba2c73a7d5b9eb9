// Starts a program from a clean clone: installs and builds missing parts, then runs the program in this process.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PROGRAMS = {
  server: 'dist/server/main.js',
  token: 'dist/server/token.js',
  'keys:rotate': 'dist/server/rotate-keys.js',
  migrate: 'dist/server/migrate.js',
  demo: 'dist/apps/fake-gitlab/src/demo.js',
  'fake-gitlab': 'dist/apps/fake-gitlab/src/main.js',
  test: 'node_modules/jest/bin/jest.js',
};
const INSTALL = 'npm ci --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error';
const BUILD =
  'node node_modules/@nestjs/cli/bin/nest.js build && node apps/server/bundle.mjs && node apps/panel/build.mjs';
const SOURCES = ['apps', 'libs', 'nest-cli.json', 'package-lock.json', 'tsconfig.json'];
const BUILT_AT = 'dist/.built-at';
const LOCK = '.starting';
/** Holds compiled code, from Node 22 on. Without a directory, Node takes one that all users of the machine may write. */
const COMPILE_CACHE = 'node_modules/.cache/compiled';

const [name, ...args] = process.argv.slice(2);
const [major, minor] = process.versions.node.split('.').map(Number);
if (!PROGRAMS[name]) fail(`Usage: node apps/run.mjs ${Object.keys(PROGRAMS).join('|')} [options]`);
if (major < 20 || (major === 20 && minor < 19))
  fail(`Install Node 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org.`);

process.chdir(join(import.meta.dirname, '..'));
while (!takeLock()) await pause(300);
if (!isInstalled()) run('Installing packages (only once, about a minute)', INSTALL);
if (name !== 'test' && !isBuilt()) build();
rmSync(LOCK);
if (process.env.npm_lifecycle_event) stopWithoutParent(process.ppid);
process.argv = [process.execPath, join(process.cwd(), PROGRAMS[name]), ...args];
module.enableCompileCache?.(COMPILE_CACHE);
module.createRequire(import.meta.url)(process.argv[1]);

/** Lets one of several terminals install and build. A lock whose process has ended does not count. */
function takeLock() {
  try {
    writeFileSync(LOCK, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    process.kill(Number(readFileSync(LOCK, 'utf8')) || process.pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(LOCK, { force: true });
  }
  return false;
}

/** Compares the lock file with npm's note of the installed packages. Packages for other platforms may be absent. */
function isInstalled() {
  const note = 'node_modules/.package-lock.json';
  const packages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = existsSync(note) ? packages(note) : {};
  return Object.entries(packages('package-lock.json')).every(
    ([path, { version, optional }]) => !path || optional || present[path]?.version === version,
  );
}

/** Compares when files changed on this disk: what an archive brings is older than that. */
function isBuilt() {
  if (!existsSync(BUILT_AT)) return false;
  const builtAt = Number(readFileSync(BUILT_AT, 'utf8'));
  const below = (path) => readdirSync(path, { recursive: true }).map((file) => join(path, file));
  const files = SOURCES.flatMap((path) => (statSync(path).isDirectory() ? below(path) : path));
  return files.every((file) => statSync(file).ctimeMs < builtAt);
}

function build() {
  const begun = Date.now();
  run('Building', BUILD);
  writeFileSync(BUILT_AT, `${begun}`);
}

/** Writes to stderr only: the output of `token` is only the token. */
function run(title, command) {
  console.error(title);
  const { status } = spawnSync(command, { shell: true, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`Failed: ${command}`);
}

/** A killed npm signals only the shell that it started. */
function stopWithoutParent(parent) {
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), 500).unref();
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
