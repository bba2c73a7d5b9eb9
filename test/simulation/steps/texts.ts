import { lfsFile, submodule, symlink, type FileSpec } from '@app/fake-gitlab';
import type { Random } from '../random';
import { MAX_FILE_BYTES } from '../world/site';

/**
 * A few paths, so that both sides keep meeting: names that differ by case or normal form, and a directory with the
 * name of a file.
 */
export const PATHS = [
  'notes/a.md',
  'notes/b.md',
  'notes/A.md',
  'notes/caf\u00e9.md',
  'notes/cafe\u0301.md',
  'notes/d.md',
  'notes/d.md/e.md',
  'notes/deep/er/f.md',
  'reports/r.yaml',
  'skills/s.md',
  'relationships.yaml',
] as const;

/** Invisible to the sync; one lies in a directory with the name of a context file. */
export const OUT_OF_SCOPE = [
  'README.md',
  'src/main.ts',
  'notes/picture.png',
  'notes/d.md/picture.png',
] as const;

/** Returns a new text, which may be empty. */
export function drawText(random: Random): string {
  const id = random.nextSeed().toString(36);
  return random.weighted({ [id]: 12, [`${id}\r\n${id}\r\n`]: 3, [`${id}\n`]: 3, '': 1, [`\uFEFF${id}`]: 1 });
}

/** Returns a text that cannot be a context file. */
export function drawBadFile(random: Random, path: string): FileSpec {
  const id = random.nextSeed().toString(36);
  const yaml = `a: [${id}`;
  return random.pick<FileSpec>([
    /\.yaml$/.test(path) ? yaml : `---\n${yaml}\n---\ntext`,
    Buffer.from([0xff, 0xfe, 0x00, ...Buffer.from(id)]),
    id.padEnd(MAX_FILE_BYTES + 1, '.'),
    symlink(`../${id}`),
    submodule(id.padEnd(40, '0').replace(/[^0-9a-f]/g, '0')),
    lfsFile(id),
  ]);
}
