import type { ContextFile } from '@app/context-store';
import { DIRECTORY, type BaseEntry, type PathSides } from '../../domain/reconcile';
import { notAFile } from '../../domain/remote-problems';
import type { DiscoverRequest, RemoteChanges } from './remote-changes';

/** A path as both sides have it. */
export interface DiscoveredPath extends PathSides {
  readonly base: BaseEntry | undefined;
  /** GitLab's text, if it has one that Dot may take and may need. */
  readonly content: Buffer | null;
  readonly localFile: ContextFile | null;
  /** Dot's revision at which its side was read. */
  readonly asOf: number;
}

/** Knowledge of the paths before GitLab's texts are read. */
export interface Known {
  readonly revision: number;
  readonly base: ReadonlyMap<string, BaseEntry>;
  readonly files: ReadonlyMap<string, ContextFile>;
}

/** Returns the path with GitLab's side of it, which is absent by default. */
export function discovered(
  { base, files, revision }: Known,
  path: string,
  found: Partial<Pick<DiscoveredPath, 'remote' | 'content' | 'problem'>>,
): DiscoveredPath {
  const localFile = files.get(path) ?? null;
  const sides = { path, base: base.get(path), local: localFile?.blob ?? null, localFile, asOf: revision };
  return { ...sides, remote: null, content: null, problem: null, ...found };
}

/** Returns the paths that GitLab has no more. */
export function pathsGone(
  { policy }: DiscoverRequest,
  { tree, changed }: RemoteChanges,
  { base }: Known,
): string[] {
  if (tree) return [...base.keys()].filter((path) => policy.mayPull(path) && !changed.has(path));
  return [...changed].filter(([, kind]) => kind === null).map(([path]) => path);
}

/** Returns the base without GitLab's side of the freed files, so that they count as new. */
export function withoutFreed(base: Known['base'], { changed, freed }: RemoteChanges): Known['base'] {
  const unseen = [...freed].flatMap((path) => {
    const known = base.get(path);
    return known && (changed.get(path) ?? null) !== null ? [[path, { ...known, remote: null }] as const] : [];
  });
  return unseen.length ? new Map([...base, ...unseen]) : base;
}

/** Returns the paths that need only GitLab's list, and those whose text has to be read. */
export function pathsThere(
  { changed, tree, misfits }: Pick<RemoteChanges, 'changed' | 'tree' | 'misfits'>,
  known: Known,
) {
  const listed: DiscoveredPath[] = [];
  const toRead: string[] = [];
  for (const [path, kind] of changed) {
    if (kind === null) continue;
    const misfit = misfits.get(path);
    const entry = tree?.get(misfit?.path ?? path);
    const base = known.base.get(path);
    if (entry && base?.remote === entry.blob) continue;
    if (misfit) {
      const { reason, detail } = misfit;
      const problem = { reason, detail, about: 'entry' } as const;
      listed.push(discovered(known, path, { remote: entry?.blob ?? kind, problem }));
    } else if (kind !== 'file') {
      // A directory leaves no file behind, but that it went is a change to one that Dot has; the others hold the path.
      const remote = kind === 'directory' ? (base?.local ? DIRECTORY : null) : (entry?.blob ?? kind);
      listed.push(discovered(known, path, { remote, problem: notAFile(kind) }));
    } else if (entry && !entry.pathUnsure && known.files.get(path)?.blob === entry.blob)
      listed.push(discovered(known, path, { remote: entry.blob }));
    else toRead.push(path);
  }
  return { listed, toRead };
}
