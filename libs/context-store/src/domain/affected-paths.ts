import type { NewChange } from './change';

/** The current files needed to decide a change. */
export interface AffectedPaths {
  /**
   * Paths the change touches or has expectations of, and directories of the paths it writes, which must not be files.
   */
  readonly paths: ReadonlySet<string>;
  /** Paths the change writes: there must be no file below them. */
  readonly written: ReadonlySet<string>;
}

export function affectedPathsOf(change: NewChange): AffectedPaths {
  const paths = new Set<string>(change.expected?.keys());
  const written = new Set<string>();
  for (const edit of change.edits) {
    if (edit.op === 'keep') continue;
    paths.add(edit.path);
    if (edit.op === 'move') paths.add(edit.from);
    if (edit.op !== 'delete') written.add(edit.path);
  }
  for (const path of written) for (const directory of directoriesOf(path)) paths.add(directory);
  return { paths, written };
}

/** Returns the directories of a path: `a` and `a/b` for `a/b/c.md`. */
export function directoriesOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
