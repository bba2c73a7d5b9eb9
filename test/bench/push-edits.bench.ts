import type { Client } from 'pg';
import { compare, type ComparisonResult } from './comparison/compare';
import { report } from './comparison/report';
import type { Project } from './scale/gitlab';
import { BareApi, timed } from './sync/peers';
import { pathOf, sampleText } from './sync/sample-files';
import { Stage } from './sync/stage';

/** Fewer for a quick look. */
const EDITS = Number(process.env.BENCH_EDITS ?? 200);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const BYTES = 6_000;
const OURS = 'Dot GitLab Sync';
const BARE = 'bare loop of the same requests';
const RECORDING = 'the same loop, one durable UPDATE before each';
const CASES = [
  { ms: 0, most: 1.3 },
  { ms: 50, most: 1.1 },
];

type TextOf = (number: number, round: number) => string;

/**
 * A push of many edits, a commit for each, beside two loops that only send the commits. The second records each before it
 * is sent.
 */
export async function run(): Promise<boolean> {
  const stage = await Stage.open();
  try {
    const sample = { count: EDITS, bytes: BYTES };
    const ours = await stage.newOrg(sample);
    await stage.firstSync(ours.org, ours.project);
    const bare = new Loop(stage.gitlab.url, (await stage.newOrg(sample)).project);
    const record = await durableRecord(stage.database);
    const recording = new Loop(stage.gitlab.url, (await stage.newOrg(sample)).project, record);
    const results: ComparisonResult[] = [];
    for (const { ms, most } of CASES) {
      await stage.gitlab.ask('answerAfter', ms);
      const textOf: TextOf = (number, round) => sampleText(number, BYTES, `${ms}-${round}`);
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
            { name: BARE, run: (round) => bare.send(textOf, round) },
            { name: RECORDING, run: (round) => recording.send(textOf, round) },
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

/** Sends a commit for each edit, one after the other. */
class Loop {
  private readonly api: BareApi;
  private head: string;

  constructor(
    instanceUrl: string,
    project: Project,
    private readonly record: (head: string, path: string) => Promise<unknown> = async () => undefined,
  ) {
    this.api = new BareApi(instanceUrl, project);
    this.head = project.head;
  }

  async send(textOf: TextOf, round: number) {
    const value = await timed(async () => {
      for (let number = 0; number < EDITS; number++) {
        const path = pathOf(number);
        await this.record(this.head, path);
        const content = textOf(number, round);
        const edit = { action: 'update', file_path: path, content, last_commit_id: this.head };
        this.head = await this.api.commit([edit], `Edit ${path}`);
      }
    });
    return { value };
  }
}

/** Records a commit in one transaction that reached the disk: what an exact push cannot do without. */
async function durableRecord(database: Client) {
  await database.query('CREATE TABLE peer_pushes (head text, in_flight text)');
  await database.query('INSERT INTO peer_pushes DEFAULT VALUES');
  await database.query('SET synchronous_commit = on');
  return (head: string, path: string) =>
    database.query('UPDATE peer_pushes SET head = $1, in_flight = $2', [head, path]);
}
