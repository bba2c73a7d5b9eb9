import { join } from 'node:path';
import { compare, type ComparisonResult, type Contender } from './comparison/compare';
import { report } from './comparison/report';
import { GitServer } from './sync/git-server';
import {
  BareApi,
  cloneAndInsert,
  cloneByIsomorphicGit,
  inFolder,
  readByGitbeaker,
  timed,
} from './sync/peers';
import { sampleFiles, type Sample } from './sync/sample-files';
import { Stage } from './sync/stage';

/** Fewer for a quick look. */
const FILES = Number(process.env.BENCH_FILES ?? 5_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const SAMPLE: Sample = { count: FILES, bytes: 6_000 };
const DELAYS = [0, 50];
const REPOSITORY = 'context';
const OURS = 'Dot GitLab Sync';
const CLONE = 'git clone --depth 1, bulk insert';

/** The first pull of a repository, beside the ways to get its files that others take. */
export async function run(): Promise<boolean> {
  const [stage, git] = [await Stage.open(), await GitServer.start()];
  try {
    await git.fill(REPOSITORY, sampleFiles(SAMPLE));
    const peer = (await stage.newOrg(SAMPLE)).project;
    const api = new BareApi(stage.gitlab.url, peer);
    const contenders: Contender[] = [
      { name: OURS, run: () => pull(stage) },
      {
        name: CLONE,
        run: () =>
          inFolder((folder) =>
            measured(() => cloneAndInsert(git.urlOf(REPOSITORY), stage.database, join(folder, 'clone'))),
          ),
      },
      { name: 'tree pages, GraphQL, nothing stored', run: () => measured(() => api.readAll()) },
      {
        name: 'isomorphic-git, nothing stored',
        rounds: 1,
        run: () => inFolder((folder) => measured(() => cloneByIsomorphicGit(git.urlOf(REPOSITORY), folder))),
      },
      {
        name: 'gitbeaker file by file, nothing stored',
        rounds: 1,
        run: () => measured(() => readByGitbeaker(stage.gitlab.url, peer)),
      },
    ];
    const results: ComparisonResult[] = [];
    for (const ms of DELAYS) {
      await stage.gitlab.ask('answerAfter', ms);
      git.delayMs = ms;
      results.push(
        await compare({
          title: `First pull of ${FILES} files of 6 kB, ${ms} ms per request`,
          ...{ unit: 'ms', rounds: ROUNDS, contenders, warmUp: ms === DELAYS[0] },
          target: { ours: OURS, beside: CLONE, most: 1 },
        }),
      );
    }
    return await report('first-pull', results);
  } finally {
    await stage.close();
    await git.stop();
  }
}

async function pull(stage: Stage) {
  const { org, project } = await stage.newOrg(SAMPLE);
  const { ms, requests, cpu } = await stage.firstSync(org, project);
  if ((await stage.texts.count(org)) !== FILES) throw new Error('files are missing after the first pull');
  await stage.dismiss(org, project);
  return { value: ms, facts: { requests, 's of CPU': cpu } };
}

async function measured(work: () => Promise<unknown>) {
  return { value: await timed(work) };
}
