import type { NewChange } from './change';

/** What has to be known of the current files to decide a change. */
export interface AffectedPaths {
  /** Paths it touches, expects something of, or that must not be files because they hold a path it writes. */
  readonly paths: ReadonlySet<string>;
  /** Paths it writes: nothing may lie below them. */
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

/** `a/b/c.md` lies in `a` and `a/b`. */
export function directoriesOf(path: string): string[] {
  const segments = path.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}
