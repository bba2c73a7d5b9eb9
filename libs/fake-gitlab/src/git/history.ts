import type { CommitObject, Entry, GitObjects } from './git-objects';

export interface LogOptions {
  /** Commits reachable from these are left out. */
  readonly exclude?: readonly string[];
  /** Only commits that changed what is at this path. */
  readonly path?: string;
  readonly firstParent?: boolean;
}

/** What `git log` and `git merge-base` tell about the commits of one repository. */
export class History {
  constructor(private readonly objects: GitObjects) {}

  /** Newest first by commit time; commits of the same second in the order they are met, as git does. */
  *log(from: readonly string[], options: LogOptions = {}): Generator<CommitObject> {
    const seen = this.ancestors(options.exclude ?? []);
    const queue: CommitObject[] = [];
    const enqueue = (ids: readonly string[]) => {
      for (const id of ids) {
        const commit = this.objects.commit(id);
        if (!commit || seen.has(id)) continue;
        seen.add(id);
        const at = queue.findIndex((other) => other.committer.at < commit.committer.at);
        queue.splice(at < 0 ? queue.length : at, 0, commit);
      }
    };
    enqueue(from);
    for (let commit = queue.shift(); commit; commit = queue.shift()) {
      const { touched, parents } = this.step(commit, options);
      if (touched) yield commit;
      enqueue(parents);
    }
  }

  /** The last commit up to `from` that changed the path; deleting it counts. */
  lastTouching(from: string, path: string): CommitObject | undefined {
    for (const commit of this.log([from], { path })) return commit;
    return undefined;
  }

  /** Commits reachable from `to` and not from `from`, oldest first. */
  between(from: string | null, to: string): CommitObject[] {
    return [...this.log([to], { exclude: from ? [from] : [] })].reverse();
  }

  ancestors(from: readonly string[]): Set<string> {
    const seen = new Set<string>();
    const stack = [...from];
    for (let id = stack.pop(); id; id = stack.pop()) {
      const commit = seen.has(id) ? undefined : this.objects.commit(id);
      if (!commit) continue;
      seen.add(id);
      stack.push(...commit.parents);
    }
    return seen;
  }

  mergeBase(...commits: readonly string[]): CommitObject | undefined {
    const sets = commits.map((id) => this.ancestors([id]));
    const common = [...sets[0]].filter((id) => sets.every((set) => set.has(id)));
    const older = this.ancestors(common.flatMap((id) => this.objects.commit(id)?.parents ?? []));
    const best = common.filter((id) => !older.has(id)).map((id) => this.objects.commit(id) as CommitObject);
    return best.sort((a, b) => b.committer.at.getTime() - a.committer.at.getTime())[0];
  }

  entryAt(commitId: string, path: string): Entry | undefined {
    const commit = this.objects.commit(commitId);
    return commit && this.objects.entryAt(commit.tree, path);
  }

  /** With a path, git follows only a parent that has the same thing there: side branches that changed nothing stay out. */
  private step(commit: CommitObject, { path, firstParent }: LogOptions) {
    const parents = firstParent ? commit.parents.slice(0, 1) : commit.parents;
    if (path === undefined) return { touched: true, parents };
    const here = this.objects.entryAt(commit.tree, path);
    if (!parents.length) return { touched: here !== undefined, parents };
    const same = parents.find((parent) => sameEntry(here, this.entryAt(parent, path)));
    return same ? { touched: false, parents: [same] } : { touched: true, parents };
  }
}

export function sameEntry(a: Entry | undefined, b: Entry | undefined): boolean {
  return a?.id === b?.id && a?.mode === b?.mode;
}
