import { fileTypeOf, type FileCheck } from '@app/kernel';

/** Returns the check for a file. The check and the text decide the result of an inspection; the name does not. */
export function checkOf(path: string): FileCheck {
  return fileTypeOf(path)?.check ?? 'other';
}
