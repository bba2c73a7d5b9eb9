import { randomBytes } from 'node:crypto';
import { access, chmod, chown, lchown, readFile, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { DatabaseUser } from './command';
import { makeDirectory } from '../make-directory';
import { EmbeddedPostgresUnavailable } from './embedded-postgres.errors';

/** Holds the database if its user cannot reach DATA_DIR, as below /root. */
const SHARED_STATE = '/var/lib/dot-gitlab-sync';

/**
 * Returns the directory that the database's user owns: `postgres` in the data directory if that user can reach it.
 */
export async function placeHome(dataDir: string, user: DatabaseUser): Promise<string> {
  makeDirectory(dataDir, 0o711);
  const home = user.uid === undefined ? join(dataDir, 'postgres') : await homeFor(user, dataDir);
  makeDirectory(home, 0o700);
  await access(home).catch(() => {
    throw new EmbeddedPostgresUnavailable(`${home} belongs to another user`);
  });
  if (user.uid !== undefined) await handOver(home, user);
  return realpath(home);
}

async function homeFor(user: DatabaseUser, dataDir: string): Promise<string> {
  const inside = join(dataDir, 'postgres');
  const pointer = join(dataDir, 'postgres.path');
  const recorded = await readFile(pointer, 'utf8').catch(() => null);
  if (recorded !== null) return existing(recorded.trim(), pointer);
  await chmod(dataDir, (await stat(dataDir)).mode | 0o011);
  if (await canReach(dataDir)) return inside;
  if (
    await access(inside).then(
      () => true,
      () => false,
    )
  ) {
    throw new EmbeddedPostgresUnavailable(
      `${inside} lies below a directory that the database's user (uid ${user.uid}) can't enter`,
    );
  }
  const outside = join(SHARED_STATE, randomBytes(8).toString('hex'));
  makeDirectory(SHARED_STATE, 0o711);
  makeDirectory(outside, 0o700);
  await writeFile(pointer, `${outside}\n`, { flag: 'wx' });
  return outside;
}

/** Refuses to replace a lost database by an empty one. */
async function existing(home: string, pointer: string): Promise<string> {
  await access(home).catch(() => {
    throw new EmbeddedPostgresUnavailable(
      `the database was kept in ${home} and is gone; bring it back, or delete ${pointer} to start with an empty one`,
    );
  });
  return home;
}

async function canReach(directory: string): Promise<boolean> {
  const { mode } = await stat(directory);
  if (!(mode & 0o001)) return false;
  const parent = dirname(resolve(directory));
  return parent === directory || canReach(parent);
}

async function handOver(home: string, { uid = -1, gid = -1 }: DatabaseUser): Promise<void> {
  if ((await stat(home)).uid === uid) return;
  for (const entry of await readdir(home, { recursive: true })) await lchown(join(home, entry), uid, gid);
  await chown(home, uid, gid);
}
