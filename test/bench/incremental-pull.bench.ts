import { compare, type ComparisonResult } from './comparison/compare';
import { report } from './comparison/report';
import { BareApi, timed } from './sync/peers';
import { Stage } from './sync/stage';

/** Fewer for a quick look. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 15);
const SIZES = [1_000, 10_000];
const CHANGED = [1, 10, 100];
const BYTES = 6_000;
const GITLAB_MS = 50;
const OURS = 'Dot GitLab Sync';
const BARE = 'the two calls alone';

/** Pulls of few files out of many, beside the two calls that any such pull needs. */
export async function run(): Promise<boolean> {
  const stage = await Stage.open();
  try {
    const results: ComparisonResult[] = [];
    for (const size of SIZES) {
      await stage.gitlab.ask('answerAfter', 0);
      const { org, project } = await stage.newOrg({ count: size, bytes: BYTES });
      await stage.firstSync(org, project);
      await stage.gitlab.ask('answerAfter', GITLAB_MS);
      const api = new BareApi(stage.gitlab.url, project);
      for (const count of CHANGED) {
        const rewrite = (who: string, round: number) =>
          stage.gitlab.ask('rewrite', project.id, { count, bytes: BYTES, salt: `${who}-${count}-${round}` });
        results.push(
          await compare({
            title: `Pull of ${count} of ${size} files, ${GITLAB_MS} ms per request`,
            ...{ unit: 'ms', rounds: ROUNDS },
            contenders: [
              {
                name: OURS,
                run: async (round) => {
                  await rewrite('ours', round);
                  const { ms, requests, cpu } = await stage.run(org, 'pull');
                  return { value: ms, facts: { requests, 's of CPU': cpu } };
                },
              },
              {
                name: BARE,
                run: async (round) => {
                  const { before, after } = await rewrite('bare', round);
                  return { value: await timed(() => api.readChanged(before, after)) };
                },
              },
            ],
            target: { ours: OURS, beside: BARE, most: 1.3 },
          }),
        );
      }
      await stage.dismiss(org, project);
    }
    return await report('incremental-pull', results);
  } finally {
    await stage.close();
  }
}
