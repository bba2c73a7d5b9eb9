// `npm run hosts:lock`: updates the lock files of the hosts for the tarball that `npm run package` has made. The digest of the tarball is left
// out, because each build has another one.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HERE = import.meta.dirname;
const DIST = join(HERE, '../../dist');
const LOCK = 'package-lock.json';
const ONLY_LOCK = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];

const tarball = readdirSync(DIST).find((file) => /^dot-gitlab-sync-.*\.tgz$/.test(file));
if (!tarball) throw new Error('Run `npm run package` first.');

for (const host of ['nest11-cjs', 'nest12-esm']) {
  const directory = mkdtempSync(join(tmpdir(), `${host}-`));
  for (const file of ['package.json', LOCK]) cpSync(join(HERE, host, file), join(directory, file));
  cpSync(join(DIST, tarball), join(directory, 'gitlab-sync.tgz'));
  const { packages, ...lock } = read(join(directory, LOCK));
  delete packages['node_modules/@dot/gitlab-sync'];
  write(join(directory, LOCK), { ...lock, packages });
  execFileSync('npm', ONLY_LOCK, { cwd: directory, stdio: 'inherit' });
  const updated = read(join(directory, LOCK));
  delete updated.packages['node_modules/@dot/gitlab-sync'].integrity;
  write(join(HERE, host, LOCK), updated);
  rmSync(directory, { recursive: true });
}

function read(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function write(path, content) {
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}
