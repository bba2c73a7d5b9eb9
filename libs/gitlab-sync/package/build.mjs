// `npm run package`: builds @dot/gitlab-sync in dist/package, checks it, packs it and prints the path of the tarball. With `--check`
// it fails if the public surface differs from the reports in docs/api; otherwise it writes them.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkManifest, checkSurface, checkTypes } from './check.mjs';
import { compile } from './compile.mjs';
import { declare } from './declarations.mjs';
import { ENTRIES, PROGRAMS } from './entries.mjs';
import { writeFaces } from './faces.mjs';
import { manifest } from './manifest.mjs';

const ROOT = join(import.meta.dirname, '../../..');
const OUT = join(ROOT, 'dist/package');

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const values = compile(ROOT, OUT, [...Object.values(ENTRIES), ...PROGRAMS]);
await declare(ROOT, OUT, ENTRIES);
writeFaces(OUT, ENTRIES, values);
execFileSync(process.execPath, [join(ROOT, 'apps/panel/build.mjs')], { stdio: ['ignore', 2, 2] });
cpSync(join(ROOT, 'dist/panel'), join(OUT, 'panel'), { recursive: true });
for (const name of ['LICENSE', 'CHANGELOG.md']) cpSync(join(ROOT, name), join(OUT, name));
cpSync(join(ROOT, 'libs/gitlab-sync/README.md'), join(OUT, 'README.md'));
writeFileSync(join(OUT, 'package.json'), `${JSON.stringify(manifest(ROOT, OUT), null, 2)}\n`);

await checkManifest(OUT);
checkSurface(ROOT, OUT, ENTRIES, !process.argv.includes('--check'));
const [{ filename }] = JSON.parse(
  execFileSync('npm', ['pack', OUT, '--json', '--ignore-scripts', '--pack-destination', join(ROOT, 'dist')], {
    encoding: 'utf8',
  }),
);
const tarball = join(ROOT, 'dist', filename);
checkTypes(ROOT, tarball);
console.log(tarball);
