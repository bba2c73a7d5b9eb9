import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { GitLab } from './gitlab';

const RUN_TYPESCRIPT = join(__dirname, '../../support/run-typescript.cjs');

/** A fake GitLab in a process of its own, so that it takes no time from those who are measured. One question at a time. */
export class GitLabProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<GitLabProcess> {
    const child = fork(join(__dirname, 'gitlab.ts'), { execArgv: ['--require', RUN_TYPESCRIPT] });
    return new GitLabProcess(child, await asked(child, 'address'));
  }

  ask<Name extends keyof GitLab>(
    name: Name,
    ...args: Parameters<GitLab[Name]>
  ): Promise<Awaited<ReturnType<GitLab[Name]>>> {
    return asked(this.child, name, ...args);
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill();
    await exited;
  }
}

async function asked<Name extends keyof GitLab>(
  child: ChildProcess,
  name: Name,
  ...args: Parameters<GitLab[Name]>
): Promise<Awaited<ReturnType<GitLab[Name]>>> {
  child.send({ name, args });
  const [{ answer }] = (await once(child, 'message')) as [{ answer: Awaited<ReturnType<GitLab[Name]>> }];
  return answer;
}
