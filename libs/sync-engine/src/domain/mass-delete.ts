/**
 * Checks whether a person has to confirm a pull's deletions. The limit is over a quarter of the files in scope and
 * over ten, or all of two or more. A rename does not count.
 */
export function isMassDelete(deletions: number, filesInScope: number): boolean {
  if (filesInScope >= 2 && deletions >= filesInScope) return true;
  return deletions > 10 && deletions > filesInScope / 4;
}
