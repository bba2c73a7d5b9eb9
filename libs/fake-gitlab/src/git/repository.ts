import { GitObjects } from './git-objects';
import type { CommitObject } from './git-objects';
import { History } from './history';
import { lfsOidOf, lfsPointer } from './lfs';

/** One git repository: objects, branches, and where HEAD points. */
export class Repository {
  readonly objects = new GitObjects();
  readonly history = new History(this.objects);
  private readonly heads = new Map<string, string>();
  private readonly lfsObjects = new Map<string, Buffer>();

  constructor(private headTarget: string) {}

  get empty(): boolean {
    return this.heads.size === 0;
  }

  get branches(): ReadonlyMap<string, string> {
    return this.heads;
  }

  /** What HEAD names if it exists, else `main`, `master`, or the first branch by name (docs/gitlab-api.md#empty-repository). */
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

  /** A branch, with or without `refs/heads/`, HEAD, or a commit id of at least seven digits. */
  resolve(ref: string): CommitObject | undefined {
    const branch = this.head(ref.replace(/^refs\/heads\//, ''));
    if (branch) return branch;
    if (ref === 'HEAD') return this.defaultBranch === null ? undefined : this.head(this.defaultBranch);
    if (/^[0-9a-f]{40}$/.test(ref)) return this.objects.commit(ref);
    return /^[0-9a-f]{7,39}$/.test(ref) ? this.objects.commitsWithPrefix(ref)[0] : undefined;
  }

  /** Keeps the content outside git and answers the pointer that stands for it there. */
  storeInLfs(content: Buffer): Buffer {
    const pointer = lfsPointer(content);
    this.lfsObjects.set(lfsOidOf(pointer) as string, content);
    return pointer;
  }

  /** What an LFS pointer stands for; other content stands for itself. */
  throughLfs(bytes: Buffer): Buffer {
    return this.lfsObjects.get(lfsOidOf(bytes) ?? '') ?? bytes;
  }

  /** Forgets the commits no branch reaches any more. */
  collectGarbage(): void {
    this.objects.keepOnlyCommits(this.history.ancestors([...this.heads.values()]));
  }
}
