import { FakeGitLabInstance, startFakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { Command } from 'commander';

interface Options {
  readonly port: string;
  readonly host: string;
  readonly gitlabVersion: string;
}

const { port, host, gitlabVersion } = new Command('npm run fake-gitlab --')
  .description('A GitLab in memory with one project for experiments. All data is lost when it stops.')
  .option('-p, --port <number>', 'port to listen on; 0 picks a free one', '8929')
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--gitlab-version <version>', 'the version of GitLab to imitate', '19.2.0')
  .parse()
  .opts<Options>();

void serve();

async function serve(): Promise<void> {
  const instance = new FakeGitLabInstance({ clock: new SystemClock(), version: gitlabVersion });
  const token = instance.givenToken('ada');
  const project = instance.givenProject('ada/context', { files: { 'README.md': '# Context\n' } });
  const projectToken = instance.givenProjectToken(project);
  const server = await startFakeGitLabServer(instance, { port: Number(port), host });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  console.log(`GitLab ${gitlabVersion} (fake)  ${server.url}
Personal access token  ${token.value}
Project                ada/context (id ${project.id})
Project access token   ${projectToken.value}`);
}
