/** Directories and files that are synced by default. */
export const DEFAULT_DIRECTORIES = ['notes', 'data_sources', 'reports', 'skills', 'relationships.yaml'];

/** Splits a text into entries, which are separated by line breaks or commas. */
export function directoriesIn(text: string): string[] {
  const entries = text.split(/[\n,]/).map((entry) => entry.trim().replace(/^\/+|\/+$/g, ''));
  return [...new Set(entries.filter(Boolean))];
}

/** Checks if a path is in one of the directories. */
export function isInside(directories: readonly string[], path: string): boolean {
  return directories.some((entry) => path === entry || path.startsWith(`${entry}/`));
}

/** Counts the files of each directory ("79 in reports/"), largest first. */
export function byDirectory(paths: readonly { readonly path: string }[]): { directory: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const { path } of paths) {
    const directory = path.includes('/') ? `${path.slice(0, path.indexOf('/'))}/` : path;
    counts.set(directory, (counts.get(directory) ?? 0) + 1);
  }
  return [...counts].map(([directory, n]) => ({ directory, n })).sort((one, other) => other.n - one.n);
}
