import {
  BranchNotFound,
  CommitUnknown,
  type ChangedPath,
  type Commit,
  type EntryKind,
  type GitLab,
  type Repo,
  type TreeEntry,
} from '@app/gitlab';
import { ATTRIBUTES } from '../../domain/lfs-rules';
import type { SyncPolicy } from '../../domain/sync-policy';
import { BranchGone } from '../../domain/sync.errors';
import { mayHaveFreedName, pathsToPull, type Misfit } from './paths-to-pull';

export interface BranchRequest {
  readonly gitlab: GitLab;
  readonly repo: Repo;
  readonly policy: SyncPolicy;
  /** Null compares everything. */
  readonly since: string | null;
  /** A commit of ours after it, from which the base of its own paths counts; null if there is none. */
  readonly own?: string | null;
}

/** Branch of GitLab, as far as it may be pulled. */
export interface BranchChanges {
  /** Null if the repository is empty. */
  readonly head: Commit | null;
  readonly commits: readonly Commit[];
  /** The whole tree, if everything is compared. */
  readonly tree: ReadonlyMap<string, TreeEntry> | null;
  /** Kind by path of the entries to compare; null if the path is gone. */
  readonly changed: ReadonlyMap<string, EntryKind | null>;
  /** Changed paths whose name Dot cannot hold, shown in an inert form. */
  readonly misfits: ReadonlyMap<string, Misfit>;
  /** There are attributes of files, or they changed. */
  readonly attributes: boolean;
}

/** More paths than this are read by comparing trees, which brings blob ids and lets whole archives be used. */
const MANY_PATHS = 300;

/** Reads the changes of GitLab's branch. @throws BranchGone if the branch is missing in a repository that is not empty */
export async function readBranchChanges(request: BranchRequest): Promise<BranchChanges> {
  const { gitlab, repo, policy, since } = request;
  if (since === null) return wholeBranch(request);
  try {
    const { head, commits, paths: changed } = await gitlab.changesSince(repo, since);
    const changedSinceOwn = changed && (await pathsSinceOwn(request, head));
    const paths = changed && changedSinceOwn && [...changed, ...changedSinceOwn];
    if (paths === null || paths.length > MANY_PATHS || mayHaveFreedName(paths, policy))
      return await wholeTree(request, head, commits);
    const attributes = paths.some(({ path }) => path === ATTRIBUTES);
    return { head, commits, tree: null, attributes, ...pathsToPull(paths, policy) };
  } catch (error) {
    if (error instanceof CommitUnknown) return wholeBranch(request);
    if (error instanceof BranchNotFound) throw new BranchGone(repo.branch);
    throw error;
  }
}

/** Returns null if the branch moved on between the two comparisons. */
async function pathsSinceOwn(
  { gitlab, repo, own }: BranchRequest,
  { id: head }: Commit,
): Promise<readonly ChangedPath[] | null> {
  if (!own || own === head) return [];
  const later = await gitlab.changesSince(repo, own);
  return later.head.id === head ? later.paths : null;
}

async function wholeBranch(request: BranchRequest): Promise<BranchChanges> {
  const { gitlab, repo } = request;
  try {
    const { head } = await gitlab.branch(repo.projectId, repo.branch);
    return await wholeTree(request, head, []);
  } catch (error) {
    if (!(error instanceof BranchNotFound)) throw error;
    if (!(await gitlab.project(repo.projectId)).emptyRepo) throw new BranchGone(repo.branch);
    const none = { commits: [], tree: new Map(), changed: new Map(), misfits: new Map() };
    return { head: null, attributes: false, ...none };
  }
}

async function wholeTree(
  { gitlab, repo, policy }: BranchRequest,
  head: Commit,
  commits: readonly Commit[],
): Promise<BranchChanges> {
  const tree = await gitlab.tree(repo, head.id, { directories: true });
  return { head, commits, tree, attributes: tree.has(ATTRIBUTES), ...pathsToPull(pathsOf(tree), policy) };
}

/** A tree may have very many entries, so they are not listed once more. */
function* pathsOf(tree: ReadonlyMap<string, TreeEntry>): Generator<ChangedPath> {
  for (const [path, { kind }] of tree) yield { path, kind };
}
