import { FakeGitLabInstance, startFakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { pathOf, sampleFiles, sampleText, type Sample } from '../sync/sample-files';

/** One project with one file, and the token of its owner. */
export interface Project {
  readonly id: number;
  readonly path: string;
  readonly token: string;
  readonly head: string;
}

/** Contents of a branch. */
export interface Branch {
  readonly commits: number;
  readonly text: string | null;
}

/** A push of a teammate. */
export interface Rewritten {
  readonly before: string;
  readonly after: string;
  readonly paths: readonly string[];
}

const BRANCH = 'main';
const settings = { requestsPerMinute: 1_000_000, largeCommitBytes: Infinity };
const instance = new FakeGitLabInstance({ clock: new SystemClock(), settings });

/** Questions and orders of the bench to this process. */
const gitlab = {
  address: async (): Promise<string> => (await startFakeGitLabServer(instance)).url,

  found: (owners: readonly string[], files: readonly Readonly<Record<string, string>>[]): Project[] =>
    owners.map((owner, number) => {
      const path = `${owner}/context`;
      const { id, repository } = instance.givenProject(path, { files: files[number] });
      return { id, path, token: instance.givenToken(owner).value, head: repository.head(BRANCH)!.id };
    }),

  /** A project with sample files, and large ones of no text type beside them; without any, an empty repository. */
  fill: (
    owner: string,
    sample: Sample | null,
    beside: { readonly count: number; readonly bytes: number } | null,
  ): Project => {
    const path = `${owner}/context`;
    const large = Array.from({ length: beside?.count ?? 0 }, (_, n): [string, string] => [
      `media/film-${n}.bin`,
      `${n}`.padEnd(beside!.bytes, '.'),
    ]);
    const files = sample && { ...sampleFiles(sample), ...Object.fromEntries(large) };
    const { id, repository } = instance.givenProject(path, files ? { files } : undefined);
    return { id, path, token: instance.givenToken(owner).value, head: repository.head(BRANCH)?.id ?? '' };
  },

  /** A teammate changes the first files of the sample. Returns the commits before and after, and the paths. */
  rewrite: (project: number, { count, bytes, salt }: Sample): Rewritten => {
    const paths = Array.from({ length: count }, (_, number) => pathOf(number));
    const files = Object.fromEntries(paths.map((path, number) => [path, sampleText(number, bytes, salt)]));
    const before = instance.git.head(project, BRANCH);
    return { before, after: instance.git.push(project, BRANCH, { files }), paths };
  },

  /** Returns the number of files of the branch. */
  count: (project: number): number => instance.git.tree(project, BRANCH).size,

  remove: (project: number): void => instance.deleteProject(project),

  push: (projects: readonly number[], files: readonly Readonly<Record<string, string>>[]): void =>
    projects.forEach((id, number) => void instance.git.push(id, BRANCH, { files: files[number] })),

  answerAfter: (ms: number): void => {
    instance.calls.faults.clear();
    if (ms) instance.calls.faults.add({ fault: { kind: 'latency', ms }, times: Infinity });
  },

  branches: (projects: readonly number[], file: string): Branch[] =>
    projects.map((id) => ({
      commits: instance.git.log(id, BRANCH).length,
      text: instance.git.read(id, BRANCH, file)?.toString() ?? null,
    })),

  /** Returns the number of commits that the branch had at that time. */
  commitsAt: (project: number, time: number): number =>
    instance.git.log(project, BRANCH).filter(({ committer }) => committer.at.getTime() <= time).length,

  /** Returns the number of requests so far. */
  calls: (): number => instance.calls.all.length,
};

export type GitLab = typeof gitlab;

interface Question {
  readonly name: keyof GitLab;
  readonly args: readonly unknown[];
}

process.on('message', ({ name, args }: Question) => {
  const act = gitlab[name] as (...args: readonly unknown[]) => unknown;
  void Promise.resolve(act(...args)).then((answer) => process.send!({ answer }));
});
process.once('disconnect', () => process.exit());
