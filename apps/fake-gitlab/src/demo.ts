import { Command } from 'commander';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { contextFilesIn, SMALL_CONTEXT } from './demo/context-files';
import { DotServer } from './demo/dot-server';
import { Narrator } from './demo/narrator';
import { Stage } from './demo/stage';
import { Story } from './demo/story';

const command = new Command('npm run demo --')
  .description('Runs a fake GitLab beside the real server, and plays the whole story of a sync step by step.')
  .option('--corpus <directory>', "use a directory of files as the organisation's context")
  .option('--exit', 'exit when the story ends, instead of running on')
  .parse();
const { corpus, exit } = command.opts<{ corpus?: string; exit?: boolean }>();

let gitlab: FakeGitLabServer | undefined;
let server: DotServer | undefined;
let stopping = false;

async function main(): Promise<void> {
  const narrator = new Narrator();
  const context = corpus ? contextFilesIn(corpus) : SMALL_CONTEXT;
  const instance = new FakeGitLabInstance({ clock: new SystemClock() });
  gitlab = await startFakeGitLabServer(instance);
  narrator.title('Dot GitLab Sync: the demo');
  narrator.plain(`A fake GitLab listens at ${gitlab.url}; the server is starting on its own database.`);
  server = await DotServer.start();
  const { dot, gitlabToken } = await new Story(new Stage(narrator, instance, server), context).play();
  if (exit) return stop(0);
  narrator.title('Both keep running for you to try. Ctrl-C stops them.');
  narrator.plain(
    `The page      ${server.url}/panel#token=${dot.token}&org=acme\n              (signed in; the link works only on this machine)\n` +
      `Swagger UI    ${server.url}/docs\nDot token     ${dot.token}\n              (organisation acme, role admin)`,
  );
  narrator.plain(`GitLab API    ${gitlab.url}/api/v4\nGitLab token  ${gitlabToken}`);
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
