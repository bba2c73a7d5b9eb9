/** Selects the rules for a text. The kind and the text decide the result; the file's name does not. */
export type FileKind = 'yaml' | 'markdown' | 'other';

export function kindOf(path: string): FileKind {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  return /\.(md|markdown)$/i.test(path) ? 'markdown' : 'other';
}
