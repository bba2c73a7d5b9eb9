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
