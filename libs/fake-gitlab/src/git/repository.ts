import { GitObjects } from './git-objects';
import type { CommitObject } from './git-objects';
import { History } from './history';
import { lfsOidOf, lfsPointer } from './lfs';

/** One git repository: objects, branches and HEAD. */
export class Repository {
  readonly history: History;
  private readonly heads = new Map<string, string>();
  private readonly lfsObjects = new Map<string, Buffer>();

  constructor(
    private headTarget: string,
    readonly objects = new GitObjects(),
  ) {
    this.history = new History(objects);
  }

  /** Copies the branches. Both repositories share the objects, as the forks of a GitLab project do. */
  fork(): Repository {
    const copy = new Repository(this.headTarget, this.objects);
    for (const [branch, commit] of this.heads) copy.heads.set(branch, commit);
    return copy;
  }

  get empty(): boolean {
    return this.heads.size === 0;
  }

  get branches(): ReadonlyMap<string, string> {
    return this.heads;
  }

  /**
   * Returns HEAD's branch if it exists, else `main`, `master`, or the first branch by name
   * (docs/gitlab-api.md#empty-repository).
   */
  get defaultBranch(): string | null {
    const candidates = [this.headTarget, 'main', 'master', ...[...this.heads.keys()].sort()];
    return candidates.find((name) => this.heads.has(name)) ?? null;
  }

  pointHeadTo(branch: string): void {
    this.headTarget = branch;
  }

  head(branch: string): CommitObject | undefined {
    const id = this.heads.get(branch);
    return id === undefined ? undefined : this.objects.commit(id);
  }

  setBranch(branch: string, commit: string | null): void {
    if (commit === null) this.heads.delete(branch);
    else this.heads.set(branch, commit);
  }

  /** Resolves a branch (with or without `refs/heads/`), HEAD, or a commit id of at least seven digits. */
  resolve(ref: string): CommitObject | undefined {
    const branch = this.head(ref.replace(/^refs\/heads\//, ''));
    if (branch) return branch;
    if (ref === 'HEAD') return this.defaultBranch === null ? undefined : this.head(this.defaultBranch);
    if (/^[0-9a-f]{40}$/.test(ref)) return this.objects.commit(ref);
    return /^[0-9a-f]{7,39}$/.test(ref) ? this.objects.commitsWithPrefix(ref)[0] : undefined;
  }

  /** Stores the content outside git and returns its pointer. */
  storeInLfs(content: Buffer): Buffer {
    const pointer = lfsPointer(content);
    this.lfsObjects.set(lfsOidOf(pointer) as string, content);
    return pointer;
  }

  /** Resolves an LFS pointer to its content; returns other content unchanged. */
  throughLfs(bytes: Buffer): Buffer {
    return this.lfsObjects.get(lfsOidOf(bytes) ?? '') ?? bytes;
  }

  /** Returns another branch that git cannot store beside this one: `dot` excludes `dot/x` (a file and a directory). */
  branchInTheWayOf(branch: string): string | undefined {
    return [...this.heads.keys()].find(
      (other) => other.startsWith(`${branch}/`) || branch.startsWith(`${other}/`),
    );
  }

  /** Forgets commits that neither a branch nor one of `kept` reaches any more. */
  collectGarbage(kept: readonly string[] = []): void {
    this.objects.keepOnlyCommits(this.history.ancestors([...this.heads.values(), ...kept]));
  }
}
