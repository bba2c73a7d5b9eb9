import type { ChangedPath, FileContent } from '@app/gitlab';
import type { Blob } from '@app/kernel';

/** The files of a project before GitLab has them. Describes them as GitLab would. */
export abstract class SourceTree {
  /** Lists the files, links and submodules. Leaves directories out. */
  abstract paths(): Promise<readonly ChangedPath[]>;

  /** Yields the files at the paths, as they are read. Files over `maxBytes` come without bytes. */
  abstract read(paths: readonly string[], options: { readonly maxBytes: number }): AsyncIterable<FileContent>;

  /** Returns the blob that git has for the path already; undefined if it has none, or is not asked. */
  abstract committed(path: string): Blob | undefined;
}
