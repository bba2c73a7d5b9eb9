import { Injectable } from '@nestjs/common';
import { ContextStore, type ContextFile } from '@app/context-store';
import type { FileContent } from '@app/gitlab';
import type { OrgId } from '@app/kernel';
import type { ConflictPolicy } from '../../domain/conflict';
import { INSPECTION_INTERRUPTED, type Quarantined } from '../../domain/findings';
import { DIRECTORY, type BaseEntry, type PathSides } from '../../domain/reconcile';
import { notAFile } from '../../domain/remote-problems';
import { Findings } from '../ports/findings.port';
import { SyncStates } from '../ports/sync-states.port';
import { readBranchChanges, type BranchChanges, type BranchRequest } from './branch-changes';
import { FreedFiles } from './freed-files';
import { lfsRulesAt } from './lfs-rules-at';
import { RemoteFiles } from './remote-files';

export interface DiscoverRequest extends BranchRequest {
  readonly org: OrgId;
  readonly onConflict: ConflictPolicy;
  /** Paths of files that are read even if no comparison names them. */
  readonly doubted?: readonly string[];
  /** True if the stored base belongs to a former target. */
  readonly withoutBase?: boolean;
}

/** Changes on GitLab, with Dot's knowledge of the paths. */
export interface RemoteChanges extends BranchChanges {
  readonly quarantined: ReadonlyMap<string, Quarantined>;
  /** GitLab's files that Dot could not take, and now may: GitLab's text counts as never seen. */
  readonly freed: ReadonlySet<string>;
  /** Which files GitLab keeps in LFS; undefined if that is as it was. */
  readonly lfsRules: string | undefined;
}

/** A path as both sides have it. */
export interface DiscoveredPath extends PathSides {
  /** GitLab's text, if it has one that Dot may take and may need. */
  readonly content: Buffer | null;
  readonly localFile: ContextFile | null;
  /** Dot's revision at which its side was read. */
  readonly asOf: number;
}

/** Knowledge of the paths before GitLab's texts are read. */
interface Known {
  readonly revision: number;
  readonly base: ReadonlyMap<string, BaseEntry>;
  readonly files: ReadonlyMap<string, ContextFile>;
}

/** Reads GitLab's changes, and the entries of the base and of both sides. Decides nothing and changes nothing. */
@Injectable()
export class DiscoverRemote {
  constructor(
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly freedFiles: FreedFiles,
    private readonly remoteFiles: RemoteFiles,
  ) {}

  /** @throws BranchGone if the branch is missing in a repository that is not empty */
  async changes(request: DiscoverRequest): Promise<RemoteChanges> {
    const { org } = request;
    const [onBranch, quarantined] = await Promise.all([
      readBranchChanges(request),
      request.withoutBase ? new Map<string, Quarantined>() : this.findings.quarantined(org),
    ]);
    const waiting = [
      ...(await this.freedFiles.findAmong(org, quarantined)),
      ...interruptedAmong(quarantined),
    ];
    // GitLab's changes to paths that left the scope are not listed, so a file may be gone there.
    const freed = new Set(waiting.filter((path) => request.policy.mayPull(path)));
    const lfsRules = await lfsRulesAt(request, onBranch, quarantined);
    const read = [...freed, ...(request.doubted ?? [])];
    if (onBranch.tree || !read.length) return { ...onBranch, quarantined, freed, lfsRules };
    const untouched = read.filter((path) => !onBranch.changed.has(path));
    const changed = new Map([...onBranch.changed, ...untouched.map((path) => [path, 'file'] as const)]);
    return { ...onBranch, changed, quarantined, freed, lfsRules };
  }

  /** Yields each path that may have changed, deletions first, in batches whose texts fit into memory. */
  async *paths(request: DiscoverRequest, changes: RemoteChanges): AsyncGenerator<DiscoveredPath[]> {
    const known = await this.known(request, changes);
    const gone = pathsGone(request, changes, known);
    const stillThere = await this.remoteFiles.overlooked(request, changes, gone, known.base);
    yield gone.filter((path) => !stillThere.has(path)).map((path) => discovered(known, path, {}));
    yield await this.inspected(request, known, [...stillThere.values()]);
    const seen = { ...known, base: withoutFreed(known.base, changes) };
    const { listed, toRead } = pathsThere(changes, seen);
    yield listed;
    for await (const files of this.remoteFiles.read(request, changes, toRead))
      yield await this.inspected(request, seen, files);
  }

  /** Reads Dot's files with their revision: a later change in Dot is neither considered nor superseded. */
  private async known(
    { org, withoutBase }: DiscoverRequest,
    { tree, changed }: RemoteChanges,
  ): Promise<Known> {
    const paths = [...changed.keys()];
    const [base, local] = tree
      ? await Promise.all([this.states.agreed(org), this.store.snapshot(org)])
      : await Promise.all([this.states.baseAround(org, paths), this.store.files(org, paths)]);
    return { ...local, base: withoutBase ? new Map() : base };
  }

  private async inspected(
    { org }: DiscoverRequest,
    known: Known,
    files: readonly FileContent[],
  ): Promise<DiscoveredPath[]> {
    const asked = files.map((file) => ({
      file,
      base: known.base.get(file.path),
      local: known.files.get(file.path)?.blob ?? null,
    }));
    const problems = await this.remoteFiles.problems(org, asked);
    return files.map(({ path, blob, bytes }, index) =>
      discovered(known, path, { remote: blob, content: bytes, problem: problems[index] }),
    );
  }
}

function discovered(
  { base, files, revision }: Known,
  path: string,
  found: Partial<Pick<DiscoveredPath, 'remote' | 'content' | 'problem'>>,
): DiscoveredPath {
  const localFile = files.get(path) ?? null;
  const sides = { path, base: base.get(path), local: localFile?.blob ?? null, localFile, asOf: revision };
  return { ...sides, remote: null, content: null, problem: null, ...found };
}

function pathsGone({ policy }: DiscoverRequest, { tree, changed }: RemoteChanges, { base }: Known): string[] {
  if (tree) return [...base.keys()].filter((path) => policy.mayPull(path) && !changed.has(path));
  return [...changed].filter(([, kind]) => kind === null).map(([path]) => path);
}

function interruptedAmong(quarantined: RemoteChanges['quarantined']): string[] {
  const waiting = [...quarantined.values()].filter(
    ({ side, reason }) => side === 'remote' && reason === INSPECTION_INTERRUPTED,
  );
  return waiting.map(({ path }) => path);
}

function withoutFreed(base: Known['base'], { changed, freed }: RemoteChanges): Known['base'] {
  const unseen = [...freed].flatMap((path) => {
    const known = base.get(path);
    return known && (changed.get(path) ?? null) !== null ? [[path, { ...known, remote: null }] as const] : [];
  });
  return unseen.length ? new Map([...base, ...unseen]) : base;
}

/** Returns the paths that need only GitLab's list, and those whose text has to be read. */
function pathsThere({ changed, tree, misfits }: RemoteChanges, known: Known) {
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
