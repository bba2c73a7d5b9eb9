import { formatPatch, structuredPatch } from 'diff';
import { isBinary } from './line-endings';
import type { GitObjects } from './git-objects';
import type { Difference } from './tree-diff';

/** The `diff` text GitLab shows for one row: the hunks without the file header. */
export function patchText(objects: GitObjects, { path, from, before, after }: Difference): string {
  const [old, young] = [contentOf(objects, before), contentOf(objects, after)];
  if (old.equals(young)) return '';
  if (isBinary(old) || isBinary(young)) return `Binary files a/${from} and b/${path} differ\n`;
  const patch = structuredPatch(from, path, old.toString(), young.toString(), undefined, undefined, {
    context: 3,
  });
  const text = formatPatch(patch);
  const start = text.indexOf('@@');
  return start < 0 ? '' : text.slice(start);
}

function contentOf(objects: GitObjects, entry: Difference['before']): Buffer {
  if (!entry) return Buffer.alloc(0);
  if (entry.mode === '160000') return Buffer.from(`Subproject commit ${entry.id}\n`);
  return objects.blob(entry.id) ?? Buffer.alloc(0);
}
