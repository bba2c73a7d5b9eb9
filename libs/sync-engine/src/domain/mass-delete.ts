/**
 * Whether a pull's deletions need a person's word: more than a quarter of the files in scope and more than ten, or all of
 * two or more. A rename is no deletion and is not counted.
 */
export function isMassDelete(deletions: number, filesInScope: number): boolean {
  if (filesInScope >= 2 && deletions >= filesInScope) return true;
  return deletions > 10 && deletions > filesInScope / 4;
}
