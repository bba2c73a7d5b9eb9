/** What a text is inspected as; with the text it decides the result, whatever the file's name. */
export type FileKind = 'yaml' | 'markdown' | 'other';

export function kindOf(path: string): FileKind {
  if (/\.ya?ml$/i.test(path)) return 'yaml';
  return /\.(md|markdown)$/i.test(path) ? 'markdown' : 'other';
}
