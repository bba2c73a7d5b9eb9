import type { ContextFile } from '@app/context-store';
import { pathsAhead } from '../../domain/paths-ahead';
import type { SyncPolicy } from '../../domain/sync-policy';
import type { PathWindow } from '../windows/path-windows';

/** GitLab throttles commit requests above 20 MB (docs/gitlab-api.md#commit-answers); text grows by JSON escaping. */
const COMMIT_BYTES = 12 * 1024 * 1024;
export const COMMIT_FILES = 10_000;

export interface Limits {
  /** Paths that were found to be held back. */
  readonly passed: ReadonlySet<string>;
  /** Files of one commit. */
  readonly most: number;
}

/** Paths, in the order of their code points, at which Dot has something to send to GitLab. */
export interface FilesAhead {
  /** Dot's revision at which the last ones were read. */
  readonly revision: number;
  /** Paths of the next commit. */
  readonly batch: readonly string[];
  /** Dot's files at these paths; a deleted one is absent. */
  readonly files: ReadonlyMap<string, ContextFile>;
  /** True if no path follows the batch. */
  readonly completes: boolean;
}

/**
 * Finds the files of the next commit. Reads no further, so that memory does not grow with the org. Returns null if Dot
 * has changes after `pushedRevision`.
 */
export async function findFilesAhead(
  windows: AsyncIterable<PathWindow>,
  pushedRevision: number,
  policy: SyncPolicy,
  { passed, most }: Limits,
): Promise<FilesAhead | null> {
  const paths: string[] = [];
  const found = new Map<string, ContextFile>();
  let [revision, bytes, ended] = [0, 0, false];
  for await (const { base, files, revision: readAt, upTo } of windows) {
    if (readAt > pushedRevision) return null;
    revision = readAt;
    for (const path of pathsAhead(base, files, policy)) {
      if (passed.has(path)) continue;
      paths.push(path);
      const file = files.get(path);
      if (file) found.set(path, file);
      bytes += file?.size ?? 0;
    }
    ended = upTo === null;
    if (paths.length > most || bytes > COMMIT_BYTES) break;
  }
  const batch = firstBatch(paths, found, most);
  return { revision, batch, files: found, completes: ended && batch.length === paths.length };
}

/** Returns as many of the paths, in their order, as one commit may carry. */
export function firstBatch(
  paths: readonly string[],
  files: ReadonlyMap<string, ContextFile>,
  most: number,
): string[] {
  let bytes = 0;
  return paths.slice(0, most).filter((path, i) => {
    bytes += files.get(path)?.size ?? 0;
    return i === 0 || bytes <= COMMIT_BYTES;
  });
}
