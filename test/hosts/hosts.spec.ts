import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { databaseServer } from '../support/database';
import { describeWithRedis, testRedisUrl } from '../support/redis';
import { HostProject } from './host-project';

const BUILD = join(__dirname, '../../libs/gitlab-sync/package/build.mjs');
const MINUTES = 60_000;
/** This Node, and those in the directories that CI names. */
const OTHERS = process.env.TEST_NODES?.split(' ') ?? [];
const NODES = [process.execPath, ...OTHERS.map((directory) => join(directory, 'node'))];

describeWithRedis('the package', () => {
  const instance = new FakeGitLabInstance({ clock: new SystemClock() });
  let gitlab: FakeGitLabServer;
  let tarball: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const output = execFileSync(process.execPath, [BUILD, '--check'], { encoding: 'utf8' });
    tarball = output.trim().split('\n').at(-1)!;
    gitlab = await startFakeGitLabServer(instance);
    env = {
      TEST_DATABASE_URL: await databaseServer(),
      TEST_REDIS_URL: testRedisUrl(),
      TEST_GITLAB_URL: gitlab.url,
      TEST_GITLAB_TOKEN: instance.givenToken('ada').value,
    };
  }, 5 * MINUTES);
  afterAll(() => gitlab.close());

  it.each(['nest11-cjs', 'nest12-esm'])(
    'keeps its promises to the host %s',
    async (name) => {
      const host = HostProject.create(name, tarball);
      try {
        await host.install();
        await host.compile();
        for (const node of NODES) await host.test(env, node);
      } finally {
        host.remove();
      }
    },
    10 * MINUTES,
  );
});
