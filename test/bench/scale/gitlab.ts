import { FakeGitLabInstance, startFakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';

/** One project with one file, and the token of its owner. */
export interface Project {
  readonly id: number;
  readonly path: string;
  readonly token: string;
  readonly head: string;
}

/** What a branch holds. */
export interface Branch {
  readonly commits: number;
  readonly text: string | null;
}

const BRANCH = 'main';
const settings = { requestsPerMinute: 1_000_000 };
const instance = new FakeGitLabInstance({ clock: new SystemClock(), settings });

/** What the bench may ask of this process. */
const gitlab = {
  address: async (): Promise<string> => (await startFakeGitLabServer(instance)).url,

  found: (owners: readonly string[], files: readonly Readonly<Record<string, string>>[]): Project[] =>
    owners.map((owner, number) => {
      const path = `${owner}/context`;
      const { id, repository } = instance.givenProject(path, { files: files[number] });
      return { id, path, token: instance.givenToken(owner).value, head: repository.head(BRANCH)!.id };
    }),

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

  /** How many commits the branch had at that time. */
  commitsAt: (project: number, time: number): number =>
    instance.git.log(project, BRANCH).filter(({ committer }) => committer.at.getTime() <= time).length,

  /** How many requests came in so far. */
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
