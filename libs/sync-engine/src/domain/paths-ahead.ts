import { byCodePoint, type Blob } from '@app/kernel';
import { isLocalAhead, type BaseBlobs } from './reconcile';
import type { SyncPolicy } from './sync-policy';

/** Returns the paths, in the order of their code points, at which Dot has something to send to GitLab. */
export function pathsAhead(
  base: ReadonlyMap<string, BaseBlobs>,
  local: ReadonlyMap<string, { readonly blob: Blob }>,
  policy: SyncPolicy,
): string[] {
  const paths = [...new Set([...base.keys(), ...local.keys()])].sort(byCodePoint);
  return paths.filter(
    (path) => policy.mayPush(path) && isLocalAhead(base.get(path), local.get(path)?.blob ?? null),
  );
}
