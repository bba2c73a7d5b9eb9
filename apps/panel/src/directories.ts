/** What is synced unless an admin says otherwise. */
export const DEFAULT_DIRECTORIES = ['notes', 'data_sources', 'reports', 'skills', 'relationships.yaml'];

/** The entries of a text with one on each line; commas part them as well. */
export function directoriesIn(text: string): string[] {
  const entries = text.split(/[\n,]/).map((entry) => entry.trim().replace(/^\/+|\/+$/g, ''));
  return [...new Set(entries.filter(Boolean))];
}

/** Whether a path lies in one of them. */
export function liesIn(directories: readonly string[], path: string): boolean {
  return directories.some((entry) => path === entry || path.startsWith(`${entry}/`));
}

/** "79 in reports/", the fullest directories first. */
export function byDirectory(paths: readonly { readonly path: string }[]): { directory: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const { path } of paths) {
    const directory = path.includes('/') ? `${path.slice(0, path.indexOf('/'))}/` : path;
    counts.set(directory, (counts.get(directory) ?? 0) + 1);
  }
  return [...counts].map(([directory, n]) => ({ directory, n })).sort((one, other) => other.n - one.n);
}
