import type { Change } from '@app/context-store';
import type { Blob } from '@app/kernel';
import type { BaseBlobs } from './reconcile';
import type { SyncPolicy } from './sync-policy';

/** Returns those of the changes, in their order, that a push would make commits of, each with the versions it would send. */
export function pendingAmong(
  changes: readonly Change[],
  base: ReadonlyMap<string, BaseBlobs & { readonly supersededUpTo: number }>,
  policy: SyncPolicy,
): Change[] {
  const sent = new Map<string, Blob | null>();
  return changes.flatMap((change): Change[] => {
    if (change.origin === 'gitlab') return [];
    const inScope = change.versions.filter(({ op, path }) => op !== 'keep' && policy.mayPush(path));
    const last = new Map(inScope.map((version) => [version.path, version]));
    const versions = [...last.values()].filter(({ path, blob }) => {
      const agreed = base.get(path);
      if ((agreed?.supersededUpTo ?? 0) >= change.revision) return false;
      const before = sent.get(path);
      if (before !== undefined) return blob !== before;
      const onGitLab = agreed?.remote ?? null;
      // Equal in Dot as well: GitLab's blob differs by line endings.
      return blob !== onGitLab && (onGitLab === null || blob !== agreed?.local);
    });
    for (const { path, blob } of versions) sent.set(path, blob);
    return versions.length ? [{ ...change, versions }] : [];
  });
}
