import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';

export interface TreeRow {
  readonly id: string;
  readonly type: 'tree' | 'blob' | 'commit';
  readonly path: string;
  readonly mode: string;
}

/** Rows hashed before other work gets its turn; these take a few milliseconds. */
const AT_A_TIME = 2_000;

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * Returns the directories below the root whose lists are not proven complete. A directory's git id is the hash of its
 * entries. If the rows give that hash, none is missing and no name is altered.
 */
export async function unprovenDirectories(rows: readonly TreeRow[]): Promise<Set<string>> {
  const entries = new Map<string, TreeRow[]>();
  for (const row of rows) {
    const parent = parentOf(row.path);
    const siblings = entries.get(parent);
    if (siblings) siblings.push(row);
    else entries.set(parent, [row]);
  }
  const ids = new Map(rows.filter(({ type }) => type === 'tree').map(({ path, id }) => [path, id]));
  const unproven = new Set<string>();
  let hashed = 0;
  for (const path of new Set([...ids.keys(), ...entries.keys()])) {
    if (path === '') continue;
    const below = entries.get(path) ?? [];
    if (treeId(below) !== ids.get(path)) unproven.add(path);
    hashed += below.length + 1;
    if (hashed > AT_A_TIME) {
      hashed = 0;
      await breathe();
    }
  }
  return unproven;
}

function treeId(rows: readonly TreeRow[]): string {
  const entries = rows.map(({ path, type, mode, id }) => {
    const name = Buffer.from(nameOf(path));
    return {
      // Git sorts a directory as if its name ended with a slash.
      key: type === 'tree' ? Buffer.concat([name, Buffer.from('/')]) : name,
      bytes: Buffer.concat([
        Buffer.from(`${mode.replace(/^0+/, '')} `),
        name,
        Buffer.from([0]),
        Buffer.from(id, 'hex'),
      ]),
    };
  });
  entries.sort((one, other) => Buffer.compare(one.key, other.key));
  const content = Buffer.concat(entries.map(({ bytes }) => bytes));
  return createHash('sha1').update(`tree ${content.length}\0`).update(content).digest('hex');
}
