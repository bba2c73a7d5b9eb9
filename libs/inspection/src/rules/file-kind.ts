import { fileTypeOf, type FileCheck } from '@app/kernel';

/** Selects the rules for a text. The kind and the text decide the result; the file's name does not. */
export type FileKind = FileCheck;

export function kindOf(path: string): FileKind {
  return fileTypeOf(path)?.check ?? 'other';
}
