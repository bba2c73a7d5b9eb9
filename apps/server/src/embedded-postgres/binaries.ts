import { access, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { run, type CommandFailed, type DatabaseUser } from './command';
import { EmbeddedPostgresUnavailable } from './embedded-postgres.errors';

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

/**
 * Returns the programs of the npm package, or a copy below `home` if the database's user cannot run them in place.
 */
export async function prepareBinaries(home: string, user: DatabaseUser): Promise<Binaries> {
  const packaged = packageDirectory();
  const { version } = JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8')) as {
    version: string;
  };
  const copied = join(home, `postgres-${version}`);
  const native = (await works(join(packaged, 'native'), user))
    ? join(packaged, 'native')
    : await copyOf(packaged, copied, user);
  return { initdb: program(native, 'initdb'), pgCtl: program(native, 'pg_ctl') };
}

function packageDirectory(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new EmbeddedPostgresUnavailable(
      `its package ${name} is not installed (npm leaves optional packages out with --omit=optional and on other platforms)`,
    );
  }
}

async function works(native: string, user: DatabaseUser): Promise<boolean> {
  try {
    await link(dirname(native));
    await run(program(native, 'postgres'), ['--version'], user);
    return true;
  } catch {
    return false;
  }
}

/** Copies the programs: node_modules may be read-only, or out of reach for the database's user. */
async function copyOf(packaged: string, target: string, user: DatabaseUser): Promise<string> {
  const native = join(target, 'native');
  if (!(await exists(native))) {
    const half = `${target}.${process.pid}`;
    await mkdir(half, { recursive: true });
    await cp(join(packaged, 'native'), join(half, 'native'), {
      recursive: true,
      verbatimSymlinks: true, // absolute links would point back to the source
      filter: (file) => !file.endsWith('.a'),
    });
    await rename(half, target).catch(() => rm(half, { recursive: true }));
  }
  await link(target);
  await run(program(native, 'postgres'), ['--version'], user).catch((error: CommandFailed) => {
    throw new EmbeddedPostgresUnavailable(`its program does not run on this system (${error.message})`);
  });
  return native;
}

/** Creates the links that npm packages cannot hold; the package's own install script may not have run. */
async function link(root: string): Promise<void> {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!(await exists(list))) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = resolve(root, target);
    await symlink(relative(dirname(path), resolve(root, source)), path).catch(async (error) => {
      if (!(await exists(path))) throw error;
    });
  }
}

function program(native: string, name: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
