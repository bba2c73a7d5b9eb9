import type { FakeGitLabInstance } from '@app/fake-gitlab';
import { DotClient, pause, type Run } from './dot-client';
import type { DotServer } from './dot-server';
import type { Narrator } from './narrator';

/** Acts for the people of the story, and checks both sides. */
export class Stage {
  readonly projectPath = 'ada/dot-context';

  constructor(
    readonly narrator: Narrator,
    readonly gitlab: FakeGitLabInstance,
    private readonly server: DotServer,
  ) {}

  async client(org: string, name: string): Promise<DotClient> {
    return new DotClient(this.server.url, org, await this.server.token(org, 'admin', name));
  }

  /** Pushes a commit of Grace. */
  push(files: Record<string, string>, message: string): void {
    const author = { name: 'Grace', email: 'grace@example.com' };
    this.gitlab.git.push(this.projectPath, 'main', { files, message, author });
  }

  /** Returns the latest run of this kind. @throws Error if it did not succeed */
  async run(dot: DotClient, kind: string): Promise<Run> {
    const run = await dot.latestRun(kind);
    if (run?.status !== 'succeeded')
      throw new Error(
        `The ${kind} run did not succeed: ${run?.error?.detail ?? run?.status ?? 'no such run'}`,
      );
    return run;
  }

  reportHead(): void {
    const head = this.gitlab.git.log(this.projectPath, 'main')[0];
    this.narrator.gitlab(`${head.id.slice(0, 8)} ${head.message.split('\n')[0]} (${head.author.name})`);
  }

  fileOnGitLab(path: string): string | undefined {
    return this.gitlab.git.read(this.projectPath, 'main', path)?.toString();
  }

  /** Compares both sides byte for byte. @throws Error naming the first difference */
  async assertEqual(dot: DotClient): Promise<void> {
    const ours = new Map((await dot.files()).map(({ path, blob }) => [path, blob]));
    const theirs = new Map(
      [...this.gitlab.git.tree(this.projectPath, 'main')].map(([path, { id }]) => [path, id]),
    );
    for (const path of new Set([...ours.keys(), ...theirs.keys()])) {
      if (ours.get(path) !== theirs.get(path)) throw new Error(`The sides differ at ${path}.`);
    }
    this.narrator.plain(`   equal   ${ours.size} files on both sides, byte for byte`);
  }

  async until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + 30_000; Date.now() < end; await pause(50)) if (await holds()) return;
    throw new Error('The expected event did not happen within 30 seconds.');
  }

  /** Reports the calls of the last step. */
  cost(): void {
    this.narrator.cost(this.gitlab.calls.counts);
    this.gitlab.calls.reset();
  }
}
