import { problemWithPath } from '@app/context-store/testing';
import { checkOf, problemWithText } from '@app/inspection/testing';
import { blobOf } from '@app/kernel';
import type { Quarantined } from '@app/sync-engine';
import { MAX_FILE_BYTES } from '../world/site';
import type { World } from '../world/world';
import { asGitLabStores, type GitEntry, type GitView } from './git-view';

/**
 * Checks that both sides are equal within scope, except for files that are rightly left out, and that the base
 * names their state.
 */
export async function checkEqual(world: World, git: GitView): Promise<string[]> {
  const { web, org } = world;
  const { scope, branch } = await web.projects.requireTarget(org);
  const theirs = git.files(git.head(branch));
  const { files } = await web.store.snapshot(org);
  const contents = await web.store.contents(
    org,
    [...files.values()].map(({ blob }) => blob),
  );
  const base = await web.engine.base.all(org);
  const quarantined = await web.engine.findings.quarantined(org);
  const paths = [...new Set([...theirs.keys(), ...files.keys(), ...base.keys(), ...quarantined.keys()])];
  return paths
    .filter((path) => scope.contains(path))
    .flatMap((path): string[] => {
      const [entry, file, agreed, held] = [
        theirs.get(path),
        files.get(path),
        base.get(path),
        quarantined.get(path),
      ];
      const dot = file && contents.get(file.blob)!;
      if (held) return rightlyHeld(path, held) ? [] : [`${path} is left out without need: ${held.reason}`];
      const equal = dot ? [blobOf(dot), blobOf(asGitLabStores(dot))].includes(entry?.id ?? '') : !entry;
      if (!equal) return [`${path} differs: Dot ${show(dot)}, GitLab ${show(entry && git.blob(entry.id))}`];
      const known =
        (agreed?.remote ?? null) === (entry?.id ?? null) && (agreed?.local ?? null) === (file?.blob ?? null);
      return known ? [] : [`the base of ${path} is not what both sides have: ${JSON.stringify(agreed)}`];
    });

  function rightlyHeld(path: string, { side, reason }: Quarantined): boolean {
    const inTheWay = [...theirs.keys(), ...files.keys()].some(
      (other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
    );
    const entry = theirs.get(path);
    if (reason === 'ping_pong') return true;
    return (
      inTheWay || (entry !== undefined && isBad(path, entry, git)) || (side === 'local' && theirs.has(path))
    );
  }
}

/** Returns true if the entry on GitLab cannot be a context file. */
export function isBad(path: string, { id, mode }: GitEntry, git: GitView): boolean {
  const bytes = mode === '100644' || mode === '100755' ? git.blob(id) : undefined;
  if (!bytes || bytes.byteLength > MAX_FILE_BYTES || problemWithPath(path)) return true;
  return problemWithText(checkOf(path), bytes) !== null;
}

const show = (bytes: Buffer | undefined): string => (bytes ? JSON.stringify(bytes.toString()) : 'nothing');
