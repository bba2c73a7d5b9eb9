import type { FakeGitLabInstance } from '@app/fake-gitlab';
import { PROJECT, type World } from '../world/world';

type Repository = ReturnType<FakeGitLabInstance['project']>['repository'];
export type GitCommit = NonNullable<ReturnType<Repository['head']>>;
export type GitEntry = NonNullable<ReturnType<Repository['history']['entryAt']>>;

interface Changed {
  readonly path: string;
  readonly before: GitEntry | undefined;
  readonly after: GitEntry | undefined;
}

/** GitLab's repository as it is, with every commit there ever was. */
export class GitView {
  private readonly repository: Repository;

  constructor(
    { gitlab }: World,
    private readonly commits: ReadonlyMap<string, GitCommit>,
  ) {
    this.repository = gitlab.project(PROJECT).repository;
  }

  head(branch: string): GitCommit | undefined {
    return this.repository.head(branch);
  }

  mergeBase(one: GitCommit, other: GitCommit): GitCommit | undefined {
    return this.repository.history.mergeBase(one.id, other.id);
  }

  commit(id: string): GitCommit {
    return this.commits.get(id)!;
  }

  files(commit: GitCommit | undefined): ReadonlyMap<string, GitEntry> {
    return commit ? this.repository.objects.files(commit.tree) : new Map();
  }

  blob(id: string): Buffer | undefined {
    return this.repository.objects.blob(id);
  }

  ancestors(of: string | undefined): ReadonlySet<string> {
    const seen = new Set<string>();
    for (const left = of ? [of] : []; left.length;) {
      const commit = this.commits.get(left.pop()!);
      if (!commit || seen.has(commit.id)) continue;
      seen.add(commit.id);
      left.push(...commit.parents);
    }
    return seen;
  }

  /** Paths whose entry differs between a commit and its first parent. */
  changed({ tree, parents }: GitCommit): Changed[] {
    const [then, now] = [this.files(this.commits.get(parents[0] ?? '')), this.repository.objects.files(tree)];
    return [...new Set([...then.keys(), ...now.keys()])]
      .map((path) => ({ path, before: then.get(path), after: now.get(path) }))
      .filter(({ before, after }) => before?.id !== after?.id || before?.mode !== after?.mode);
  }

  /** Path and blob of every file in every commit there ever was. */
  everything(): ReadonlySet<string> {
    return new Set(
      [...this.commits.values()].flatMap((commit) =>
        [...this.files(commit)].map(([path, { id }]) => `${path} ${id}`),
      ),
    );
  }
}

/** Returns a text as GitLab stores it when its API writes it; the texts of the simulation are never binary. */
export function asGitLabStores(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
