import { Command } from 'commander';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { contextFilesIn, SMALL_CONTEXT } from './demo/context-files';
import { DotServer } from './demo/dot-server';
import { Narrator } from './demo/narrator';
import { Story } from './demo/story';

const command = new Command('npm run demo --')
  .description('A fake GitLab beside the real server, and the whole story of a sync, told step by step.')
  .option('--corpus <directory>', "use a directory of files as the organisation's context")
  .option('--exit', 'end when the story ends, instead of running on')
  .parse();
const { corpus, exit } = command.opts<{ corpus?: string; exit?: boolean }>();

let gitlab: FakeGitLabServer | undefined;
let server: DotServer | undefined;
let stopping = false;

async function main(): Promise<void> {
  const tell = new Narrator();
  const context = corpus ? contextFilesIn(corpus) : SMALL_CONTEXT;
  const instance = new FakeGitLabInstance({ clock: new SystemClock() });
  gitlab = await startFakeGitLabServer(instance);
  tell.title('Dot GitLab Sync: the demo');
  tell.plain(`A fake GitLab answers at ${gitlab.url}; the server is starting on a database of its own.`);
  server = await DotServer.start();
  const { dot, gitlabToken } = await new Story(tell, instance, server, context).play();
  if (exit) return stop(0);
  tell.title('It keeps running; play with it. Ctrl-C ends it.');
  tell.plain(
    `Swagger UI    ${server.url}/docs\nDot token     ${dot.token}\n              (organisation acme, role admin)`,
  );
  tell.plain(`GitLab API    ${gitlab.url}/api/v4\nGitLab token  ${gitlabToken}`);
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await server?.stop();
  await gitlab?.close();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
main().catch((error: unknown) => {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}`);
  void stop(1);
});
