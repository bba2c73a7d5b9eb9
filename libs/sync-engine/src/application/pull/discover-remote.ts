import { Injectable } from '@nestjs/common';
import { ContextStore, InspectFiles, inspectPath, NAME_NOT_UTF8, type ContextFile } from '@app/context-store';
import {
  BranchNotFound,
  CommitUnknown,
  GitLabAnswerInvalid,
  type ChangedPath,
  type Commit,
  type EntryKind,
  type FileContent,
  type GitLab,
  type Repo,
  type TreeEntry,
} from '@app/gitlab';
import { blobOf, Clock, type Blob, type OrgId, type Scope } from '@app/kernel';
import { ancestors } from '../../domain/commit-plan';
import { winnerOf, type ConflictPolicy, type Winner } from '../../domain/conflict';
import { asGitLabStores } from '../../domain/line-endings';
import { INSPECTION_INTERRUPTED, NAME_TAKEN, QUOTA_EXCEEDED, type Quarantined } from '../../domain/findings';
import { ATTRIBUTES, LFS_TRACKED } from '../../domain/lfs-rules';
import { DIRECTORY, reconcilePath, type BaseBlobs } from '../../domain/reconcile';
import { withinQuota } from '../../domain/remaining-quota';
import { BranchGone } from '../../domain/sync.errors';
import { admitFiles, isNew, takesGitLabs, type Admitted } from './admit-files';
import { Findings } from '../ports/findings.port';
import { inBatches } from './in-batches';
import { readLfsRules } from '../guards/lfs-rules';
import { inScope, mayHaveFreedName, type Misfit } from './paths-in-scope';
import { SyncEngineSettings } from '../sync-engine.settings';
import { SyncStates, type BaseEntry } from '../ports/sync-states.port';

export interface DiscoverRequest {
  readonly org: OrgId;
  readonly gitlab: GitLab;
  readonly repo: Repo;
  readonly scope: Scope;
  /** Null compares everything. */
  readonly since: string | null;
  /** A commit of ours after it, from which the base of its own paths counts; null where there is none. */
  readonly own?: string | null;
  /** Paths of files that are read even if no comparison names them. */
  readonly doubted?: readonly string[];
  readonly policy: ConflictPolicy;
  /** True where what is agreed belongs to a former target. */
  readonly withoutBase?: boolean;
}

/** What GitLab's branch is, as far as it matters to the scope. */
export interface RemoteChanges {
  /** Null where the repository is empty. */
  readonly head: Commit | null;
  readonly commits: readonly Commit[];
  /** The whole tree, where everything is compared. */
  readonly tree: ReadonlyMap<string, TreeEntry> | null;
  /** Kind by path of what is to be compared; null where the path is gone. */
  readonly changed: ReadonlyMap<string, EntryKind | null>;
  /** Those of them that Dot cannot have under their name, which stand there in an inert form. */
  readonly misfits: ReadonlyMap<string, Misfit>;
  readonly quarantined: ReadonlyMap<string, Quarantined>;
  /** Files of GitLab's that Dot could not take, and now may: GitLab's text counts as never seen. */
  readonly freed: ReadonlySet<string>;
  /** Which files GitLab keeps in LFS; undefined where that is as it was. */
  readonly lfsRules: string | undefined;
}

/** The part of it that only GitLab tells. */
interface Seen extends Omit<RemoteChanges, 'quarantined' | 'freed' | 'lfsRules'> {
  /** There are attributes of files, or they changed. */
  readonly attributes: boolean;
}

interface Considered {
  readonly path: string;
  readonly gitlab: Blob | null;
  readonly dot: Blob | null;
}

/** What is to become of one path that GitLab changed; `asOf` is Dot's revision that was looked at. */
export type Decision = Weighed & { readonly asOf: number };

type Weighed =
  /** Dot takes what GitLab has; null is a deletion. */
  | (Considered & { readonly kind: 'take'; readonly content: Buffer | null })
  /** Both are equal already. */
  | (Considered & { readonly kind: 'agree' })
  | (Considered & {
      readonly kind: 'conflict';
      readonly winner: Winner;
      /** GitLab's text; null is a deletion. */
      readonly content: Buffer | null;
      readonly dotFile: ContextFile | null;
      readonly base: BaseBlobs | undefined;
      /** GitLab's last commit on the path, or the head. */
      readonly commit: Commit;
    })
  | (Considered & {
      readonly kind: 'quarantine';
      readonly reason: string;
      readonly detail: string;
      readonly base: BaseBlobs | undefined;
      /** Bytes it needs, if it waits for room. */
      readonly size?: number;
      /** When its text may be inspected again, if it waits for that. */
      readonly retryAfterMs?: number;
    });

/** Texts of GitLab's that were replaced before they were seen, as conflicts that Dot has won. */
export interface Unseen {
  readonly head: Commit;
  readonly decisions: readonly Decision[];
}

/** More paths than this are read by comparing trees, which brings blob ids and lets whole archives be used. */
const MANY_PATHS = 300;

/** Looks at GitLab and decides, path by path; changes nothing. */
@Injectable()
export class DiscoverRemote {
  constructor(
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly inspect: InspectFiles,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** @throws BranchGone where the branch is missing in a repository that is not empty */
  async discover(request: DiscoverRequest): Promise<RemoteChanges> {
    const { org } = request;
    const [seen, quarantined] = await Promise.all([
      this.changesOnGitLab(request),
      this.findings.quarantined(org),
    ]);
    const freed = await this.freedAmong(org, quarantined);
    for (const { path, side, reason } of quarantined.values())
      if (side === 'gitlab' && reason === INSPECTION_INTERRUPTED) freed.add(path);
    const lfsRules = await lfsRulesAt(request, seen, quarantined);
    const read = [...freed, ...(request.doubted ?? [])];
    if (seen.tree || !read.length) return { ...seen, quarantined, freed, lfsRules };
    const untouched = read.filter((path) => !seen.changed.has(path));
    const changed = new Map([...seen.changed, ...untouched.map((path) => [path, 'file'] as const)]);
    return { ...seen, changed, quarantined, freed, lfsRules };
  }

  private async changesOnGitLab(request: DiscoverRequest): Promise<Seen> {
    if (request.since === null) return this.wholeBranch(request);
    try {
      const { head, commits, paths: since } = await request.gitlab.changesSince(request.repo, request.since);
      const sinceOwn = since && (await this.changedSinceOwn(request, head));
      const paths = since && sinceOwn && [...since, ...sinceOwn];
      if (paths === null || paths.length > MANY_PATHS || mayHaveFreedName(paths, request.scope))
        return await this.wholeTree(request, head, commits);
      const attributes = paths.some(({ path }) => path === ATTRIBUTES);
      return { head, commits, tree: null, attributes, ...inScope(paths, request.scope) };
    } catch (error) {
      if (error instanceof CommitUnknown) return this.wholeBranch(request);
      if (error instanceof BranchNotFound) throw new BranchGone(request.repo.branch);
      throw error;
    }
  }

  /** Null where the branch moved on between the two comparisons. */
  private async changedSinceOwn(
    { gitlab, repo, own }: DiscoverRequest,
    { id: head }: Commit,
  ): Promise<readonly ChangedPath[] | null> {
    if (!own || own === head) return [];
    const later = await gitlab.changesSince(repo, own);
    return later.head.id === head ? later.paths : null;
  }

  /** Files of GitLab's that Dot could not take because of a name or the quota, and now can. */
  async freed(org: OrgId): Promise<ReadonlySet<string>> {
    return this.freedAmong(org, await this.findings.quarantined(org));
  }

  private async freedAmong(org: OrgId, quarantined: ReadonlyMap<string, Quarantined>): Promise<Set<string>> {
    const held = [...quarantined.values()].filter(
      ({ side, reason }) => side === 'gitlab' && reason === NAME_TAKEN,
    );
    const freed = new Set(await this.withRoomNow(org, quarantined));
    for (const { path } of held) if (!(await this.nameIsTaken(org, path))) freed.add(path);
    return freed;
  }

  private async withRoomNow(org: OrgId, quarantined: ReadonlyMap<string, Quarantined>): Promise<string[]> {
    const waiting = [...quarantined.values()].flatMap(({ path, reason, size }) =>
      reason === QUOTA_EXCEEDED ? { path, size: size ?? 0 } : [],
    );
    if (!waiting.length) return [];
    const { bytes, files } = await this.store.usage(org);
    const { maxBytes, maxFiles } = this.settings.quota;
    const room = { bytes: maxBytes - bytes, files: maxFiles - files };
    return withinQuota(room, waiting).map(({ path }) => path);
  }

  /** Decides which new files there is room for. What is committed meanwhile shows when the change is. */
  async admit(org: OrgId, decisions: readonly Decision[]): Promise<Admitted> {
    if (!decisions.some(isNew)) return { decisions };
    const touched = decisions.filter(({ dot }) => dot !== null).filter(takesGitLabs);
    const { files } = await this.store.files(
      org,
      touched.map(({ path }) => path),
    );
    const sizes = new Map([...files].map(([path, { size }]) => [path, size]));
    return admitFiles(decisions, sizes, await this.store.usage(org), this.settings.quota);
  }

  /**
   * Returns the texts that a commit of ours replaced though Dot had not taken them: pushed between GitLab's check and its write
   * (docs/gitlab-api.md#last_commit_id), or `quarantined`. `commit` is the one before ours; null if there are none.
   */
  async unseenAt(
    { org, gitlab, repo }: Pick<DiscoverRequest, 'org' | 'gitlab' | 'repo'>,
    commit: string,
    paths: readonly string[],
    quarantined: ReadonlySet<string>,
  ): Promise<Unseen | null> {
    const base = await this.states.baseAround(org, paths);
    const held = paths.filter((path) => base.get(path)?.gitlab);
    const unseen: FileContent[] = [];
    for await (const file of gitlab.readFiles(repo, commit, held, { maxBytes: this.settings.maxFileBytes }))
      if (file.bytes && (quarantined.has(file.path) || file.blob !== base.get(file.path)?.gitlab))
        unseen.push(file);
    if (!unseen.length) return null;
    const head = await gitlab.commitById(repo, commit);
    const files = await this.store.files(org, paths);
    const decisions: Decision[] = [];
    for (const { path, blob, bytes } of unseen) {
      const by = quarantined.has(path) ? await gitlab.lastCommitTouching(repo, commit, path) : head;
      decisions.push({
        ...{ kind: 'conflict', winner: 'dot', path, gitlab: blob, content: bytes, commit: by ?? head },
        ...{ dot: files.files.get(path)?.blob ?? null, dotFile: files.files.get(path) ?? null },
        ...{ base: base.get(path), asOf: files.revision },
      });
    }
    return { head, decisions };
  }

  private async nameIsTaken(org: OrgId, path: string): Promise<boolean> {
    if ((await this.store.files(org, ancestors(path))).files.size) return true;
    return (await this.store.list(org, { prefix: `${path}/`, limit: 1 })).items.length > 0;
  }

  private async wholeBranch(request: DiscoverRequest): Promise<Seen> {
    const { gitlab, repo } = request;
    try {
      const { head } = await gitlab.branch(repo.projectId, repo.branch);
      return await this.wholeTree(request, head, []);
    } catch (error) {
      if (!(error instanceof BranchNotFound)) throw error;
      if (!(await gitlab.project(repo.projectId)).emptyRepo) throw new BranchGone(repo.branch);
      const none = { commits: [], tree: new Map(), changed: new Map(), misfits: new Map() };
      return { head: null, attributes: false, ...none };
    }
  }

  private async wholeTree(
    { gitlab, repo, scope }: DiscoverRequest,
    head: Commit,
    commits: readonly Commit[],
  ): Promise<Seen> {
    const tree = await gitlab.tree(repo, head.id, { directories: true });
    const entries = [...tree].map(([path, { kind }]): ChangedPath => ({ path, kind }));
    return { head, commits, tree, attributes: tree.has(ATTRIBUTES), ...inScope(entries, scope) };
  }

  /** One decision for each path that GitLab changed, deletions first. */
  async *decide(request: DiscoverRequest, sight: RemoteChanges): AsyncGenerator<Decision> {
    const sides = await this.bothSides(request, sight);
    for await (const weighed of this.weighAll(request, sight, sides))
      yield { ...weighed, asOf: sides.revision };
  }

  private async *weighAll(
    request: DiscoverRequest,
    sight: RemoteChanges,
    { base, files: dot }: BothSides,
  ): AsyncGenerator<Weighed> {
    const present = new Map([...sight.changed].filter(([, kind]) => kind !== null));
    const gone = sight.tree
      ? [...base.keys()].filter((path) => request.scope.contains(path) && !present.has(path))
      : missing(sight);

    const stillThere = await this.overlooked(request, sight, gone, base);
    for (const path of gone) {
      if (stillThere.has(path)) continue;
      const sides = { path, base: base.get(path), dot: dot.get(path), gitlab: null, flaw: null };
      const decision = await this.weigh(request, sight, sides);
      if (decision) yield decision;
    }
    yield* await this.weighFiles(request, sight, { base, dot }, [...stillThere.values()]);
    const toRead: string[] = [];
    for (const [path, kind] of present) {
      const misfit = sight.misfits.get(path);
      const entry = sight.tree?.get(misfit?.path ?? path);
      const known = base.get(path);
      if (known && sight.freed.has(path)) base.set(path, { ...known, gitlab: null });
      if (entry && base.get(path)?.gitlab === entry.blob) continue;
      if (misfit) yield unfit(path, misfit, entry?.blob ?? kind, dot.get(path), base.get(path));
      else if (kind === 'file') {
        if (entry && !entry.pathUnsure && dot.get(path)?.blob === entry.blob)
          yield { kind: 'agree', path, gitlab: entry.blob, dot: entry.blob };
        else toRead.push(path);
      } else yield notAFile(path, kind ?? 'file', entry?.blob ?? null, dot.get(path), base.get(path));
    }
    for await (const batch of inBatches(this.read(request, sight, toRead))) {
      yield* await this.weighFiles(request, sight, { base, dot }, batch);
    }
  }

  /** The files that GitLab has announced at these paths, every one of them. @throws GitLabAnswerInvalid */
  private async *read(
    { gitlab, repo }: DiscoverRequest,
    { head, tree }: RemoteChanges,
    paths: readonly string[],
  ): AsyncGenerator<FileContent> {
    if (!head || !paths.length) return;
    const missing = new Set(paths);
    const options = { maxBytes: this.settings.maxFileBytes, tree: tree ?? undefined };
    for await (const file of gitlab.readFiles(repo, head.id, paths, options)) {
      missing.delete(file.path);
      yield file;
    }
    const [first] = missing;
    if (first !== undefined) throw new GitLabAnswerInvalid(`it announced ${first} and did not deliver it`);
  }

  /** What a tree left out is asked for by name before it counts as deleted: an answer may lose a part of itself. */
  private async overlooked(
    { gitlab, repo }: DiscoverRequest,
    { head, tree, misfits }: RemoteChanges,
    gone: readonly string[],
    base: ReadonlyMap<string, BaseBlobs>,
  ): Promise<Map<string, FileContent>> {
    const found = new Map<string, FileContent>();
    const known = gone.filter((path) => base.get(path)?.gitlab && !misfits.has(path) && !inspectPath(path));
    if (!head || !tree || !known.length) return found;
    const options = { maxBytes: this.settings.maxFileBytes, tree };
    for await (const file of gitlab.readFiles(repo, head.id, known, options)) found.set(file.path, file);
    return found;
  }

  private async weighFiles(
    request: DiscoverRequest,
    sight: RemoteChanges,
    { base, dot }: { readonly base: BothSides['base']; readonly dot: BothSides['files'] },
    files: readonly FileContent[],
  ): Promise<Weighed[]> {
    const sides = files.map((gitlab) => {
      const { path } = gitlab;
      return { path, base: base.get(path), dot: dot.get(path), gitlab };
    });
    const flaws = await this.flawsOf(request.org, sides);
    const decisions: Weighed[] = [];
    for (const [index, side] of sides.entries()) {
      const decision = await this.weigh(request, sight, { ...side, flaw: flaws[index] });
      if (decision) decisions.push(decision);
    }
    return decisions;
  }

  /** What speaks against each text that neither side has agreed on and Dot does not have. */
  private async flawsOf(
    org: OrgId,
    files: readonly (Omit<PathOnBothSides, 'flaw'> & { readonly gitlab: FileContent })[],
  ): Promise<readonly (Flaw | null)[]> {
    const { maxFileBytes } = this.settings;
    const flaws = files.map(({ gitlab }) => flawOf(gitlab, maxFileBytes));
    const isOpen = files.map(
      ({ gitlab, base, dot }, index) =>
        !flaws[index] && gitlab.blob !== base?.gitlab && gitlab.blob !== dot?.blob,
    );
    const open = files.filter((_, index) => isOpen[index]);
    const texts = open.flatMap(({ path, gitlab: { bytes } }) => (bytes ? [{ path, bytes }] : []));
    const problems = (await this.inspect.execute(org, texts, maxFileBytes)).values();
    return flaws.map((flaw, index) => flaw ?? (isOpen[index] ? (problems.next().value ?? null) : null));
  }

  /** Dot's files with the revision they were read at: what is made in Dot later is not considered, and not settled either. */
  private async bothSides(
    { org, withoutBase }: DiscoverRequest,
    { tree, changed }: RemoteChanges,
  ): Promise<BothSides> {
    const paths = [...changed.keys()];
    const [base, dot] = tree
      ? await Promise.all([this.states.agreed(org), this.store.snapshot(org)])
      : await Promise.all([this.states.baseAround(org, paths), this.store.files(org, paths)]);
    return { ...dot, base: withoutBase ? new Map() : base };
  }

  private async weigh(
    request: DiscoverRequest,
    sight: RemoteChanges,
    at: PathOnBothSides,
  ): Promise<Weighed | undefined> {
    const { path, base, gitlab } = at;
    const considered = { path, gitlab: gitlab?.blob ?? null, dot: at.dot?.blob ?? null };
    if (gitlab && gitlab.blob !== base?.gitlab) {
      const { flaw } = at;
      if (flaw && (gitlab.misnamed || gitlab.blob !== at.dot?.blob)) {
        const { reason, detail, retryAfterMs } = flaw;
        return { ...considered, kind: 'quarantine', base, reason, detail, retryAfterMs };
      }
    }
    const step = reconcilePath(path, base, considered.dot, considered.gitlab);
    if (!step || step.kind === 'send') return undefined;
    if (step.kind === 'agree') return { ...considered, kind: 'agree' };
    if (step.kind === 'take') return { ...considered, kind: 'take', content: gitlab?.bytes ?? null };
    return this.resolve(request, sight, at, considered);
  }

  private async resolve(
    { org, gitlab, repo, policy }: DiscoverRequest,
    { head }: RemoteChanges,
    at: PathOnBothSides,
    considered: Considered,
  ): Promise<Weighed> {
    const content = at.gitlab?.bytes ?? null;
    if (at.dot && content && (await this.differByLineEndingsAlone(org, at.dot.blob, content)))
      return { ...considered, kind: 'agree' };
    if (!head) throw new BranchGone(repo.branch);
    const seen = this.clock.now();
    const commit = (policy === 'newest' && (await gitlab.lastCommitTouching(repo, head.id, at.path))) || head;
    const dotAt = at.dot?.updatedAt ?? (await this.deletedAt(org, at.path)) ?? new Date(0);
    const winner = winnerOf({ dot: dotAt, gitlab: commit.committedAt, seen }, policy);
    return {
      ...considered,
      kind: 'conflict',
      winner,
      content,
      dotFile: at.dot ?? null,
      base: at.base,
      commit,
    };
  }

  private async differByLineEndingsAlone(org: OrgId, dot: Blob, gitlab: Buffer): Promise<boolean> {
    const ours = (await this.store.contents(org, [dot])).get(dot);
    return ours !== undefined && blobOf(asGitLabStores(ours)) === blobOf(gitlab);
  }

  private async deletedAt(org: OrgId, path: string): Promise<Date | undefined> {
    return (await this.store.history(org, { path, limit: 1 })).items[0]?.at;
  }
}

/** While a file waits for the rules to change, or for LFS to be switched off, they are read with each look. */
async function lfsRulesAt(
  { gitlab, repo }: DiscoverRequest,
  { head, tree, attributes }: Seen,
  quarantined: ReadonlyMap<string, Quarantined>,
): Promise<string | undefined> {
  const waits = [...quarantined.values()].some(({ reason }) => reason === LFS_TRACKED);
  if (head && (attributes || waits)) return readLfsRules(gitlab, repo, head.id);
  return tree ? '' : undefined;
}

interface BothSides {
  readonly revision: number;
  readonly base: Map<string, BaseEntry>;
  readonly files: ReadonlyMap<string, ContextFile>;
}

interface PathOnBothSides {
  readonly path: string;
  readonly base: BaseEntry | undefined;
  readonly dot: ContextFile | undefined;
  readonly gitlab: FileContent | null;
  /** Why Dot cannot take GitLab's text. */
  readonly flaw: Flaw | null;
}

type Flaw = Pick<Extract<Weighed, { kind: 'quarantine' }>, 'reason' | 'detail' | 'retryAfterMs'>;

const missing = ({ changed }: RemoteChanges) =>
  [...changed].filter(([, kind]) => kind === null).map(([path]) => path);

/** What is wrong with a file whatever its text is. */
function flawOf(file: FileContent, maxBytes: number): Flaw | null {
  if (file.misnamed) return NAME_NOT_UTF8;
  if (file.kind === 'symlink') return { reason: 'symlink', detail: NOT_A_FILE.symlink };
  if (!file.bytes)
    return {
      reason: 'too_big',
      detail: `${file.size} bytes, more than the limit of ${maxBytes}; split the file`,
    };
  return null;
}

const NOT_A_FILE = {
  symlink: 'a symbolic link, not a file; replace it by the file itself',
  submodule: 'a submodule, not a file; replace it by the file itself',
  directory: 'a directory with the name of a context file; rename it',
  file: 'not a regular file',
} as const;

function unfit(
  path: string,
  { reason, detail }: Misfit,
  gitlab: Blob | null,
  dot: ContextFile | undefined,
  base: BaseBlobs | undefined,
): Weighed {
  return { kind: 'quarantine', path, gitlab, dot: dot?.blob ?? null, reason, detail, base };
}

function notAFile(
  path: string,
  kind: EntryKind,
  blob: Blob | null,
  dot: ContextFile | undefined,
  base: BaseBlobs | undefined,
): Weighed {
  // A directory leaves no file behind, but that it went is a change to one that Dot has; the others hold the path.
  const gitlab = kind === 'directory' ? (base?.dot ? DIRECTORY : null) : (blob ?? kind);
  return {
    kind: 'quarantine',
    path,
    gitlab,
    dot: dot?.blob ?? null,
    reason: kind,
    detail: NOT_A_FILE[kind],
    base,
  };
}
