/** Paths that some file systems take for one another: equal but for case or for Unicode normalisation (NFC, NFD). */
export function confusablePathsAmong(paths: readonly string[]): Map<string, string> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const key = path.normalize('NFC').toLowerCase();
    groups.set(key, [...(groups.get(key) ?? []), path]);
  }
  const crowded = [...groups.values()].filter((group) => group.length > 1);
  return new Map(
    crowded.flatMap((group) => group.map((path, i) => [path, group[(i + 1) % group.length]] as const)),
  );
}
