import { compare, type ComparisonResult } from './comparison/compare';
import { report } from './comparison/report';
import { BareApi, timed } from './sync/peers';
import { pathOf, sampleText } from './sync/sample-files';
import { Stage } from './sync/stage';

/** Fewer for a quick look. */
const EDITS = Number(process.env.BENCH_EDITS ?? 200);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const BYTES = 6_000;
const OURS = 'Dot GitLab Sync';
const BARE = 'bare loop of the same requests';
const CASES = [
  { ms: 0, most: 1.3 },
  { ms: 50, most: 1.1 },
];

/** A push of many edits, a commit for each, beside a loop that only sends the commits. */
export async function run(): Promise<boolean> {
  const stage = await Stage.open();
  try {
    const sample = { count: EDITS, bytes: BYTES };
    const [ours, bare] = [await stage.newOrg(sample), await stage.newOrg(sample)];
    await stage.firstSync(ours.org, ours.project);
    const api = new BareApi(stage.gitlab.url, bare.project);
    let head = bare.project.head;
    const results: ComparisonResult[] = [];
    for (const { ms, most } of CASES) {
      await stage.gitlab.ask('answerAfter', ms);
      const textOf = (number: number, round: number) => sampleText(number, BYTES, `${ms}-${round}`);
      results.push(
        await compare({
          title: `Push of ${EDITS} edits, ${ms} ms per request`,
          ...{ unit: 'ms', rounds: ROUNDS },
          contenders: [
            {
              name: OURS,
              run: async (round) => {
                for (let number = 0; number < EDITS; number++)
                  await stage.texts.change(ours.org, { [pathOf(number)]: textOf(number, round) });
                const { ms: value, requests, cpu } = await stage.run(ours.org, 'push');
                return { value, facts: { 'requests per change': requests / EDITS, 's of CPU': cpu } };
              },
            },
            {
              name: BARE,
              run: async (round) => ({
                value: await timed(async () => {
                  for (let number = 0; number < EDITS; number++) {
                    const content = textOf(number, round);
                    const edit = {
                      action: 'update',
                      file_path: pathOf(number),
                      content,
                      last_commit_id: head,
                    };
                    head = await api.commit([edit], `Edit ${pathOf(number)}`);
                  }
                }),
              }),
            },
          ],
          target: { ours: OURS, beside: BARE, most },
        }),
      );
    }
    return await report('push-edits', results);
  } finally {
    await stage.close();
  }
}
