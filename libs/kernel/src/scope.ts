import { fileTypeOf } from './file-types';

/** The configured directories and file types. The sync ignores all other paths, in both directions. */
export class Scope {
  static readonly defaultDirectories = [
    'notes',
    'data_sources',
    'reports',
    'skills',
    'relationships.yaml',
  ] as const;

  /** An entry is a directory or a file, without leading or trailing slash. */
  constructor(readonly directories: readonly string[] = Scope.defaultDirectories) {}

  contains(path: string): boolean {
    return (
      fileTypeOf(path) !== null &&
      this.directories.some((entry) => path === entry || path.startsWith(`${entry}/`))
    );
  }

  equals(other: Scope): boolean {
    return [...this.directories].sort().join('\0') === [...other.directories].sort().join('\0');
  }
}
