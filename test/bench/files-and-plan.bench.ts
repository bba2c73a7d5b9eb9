import { compare, type ComparisonResult } from './comparison/compare';
import { cpuSeconds } from './comparison/machine';
import { report } from './comparison/report';
import { watched } from './hostile/probe';
import { timed } from './sync/peers';
import { Stage } from './sync/stage';

/** Fewer for a quick look. */
const FILES = Number(process.env.BENCH_FILES ?? 50_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9);
const BYTES = 300;
const OURS = 'Dot GitLab Sync';
const MOST_SILENT_MS = 50;

const QUESTIONS = [
  { title: 'First page of the states of files', path: 'gitlab/files', most: 50 },
  { title: 'Page of the files in conflict', path: 'gitlab/files?state=conflict', most: 50 },
  { title: 'Page of the files that are ahead in Dot', path: 'gitlab/files?state=dot_ahead', most: 1_000 },
  { title: 'Plan', path: 'gitlab/plan', method: 'POST', most: 1_000 },
  { title: 'Status', path: 'gitlab', most: 50 },
  { title: 'First page of the history', path: 'context/history', most: 50 },
] as const;

/** Measures questions of people about an org with many files, and how long all others get no answer meanwhile. */
export async function run(): Promise<boolean> {
  const stage = await Stage.open();
  try {
    const { org, project } = await stage.newOrg({ count: FILES, bytes: BYTES });
    await stage.firstSync(org, project);
    const results: ComparisonResult[] = [];
    for (const { title, path, most, ...question } of QUESTIONS) {
      const method = 'method' in question ? question.method : 'GET';
      const ask = () => stage.ask(org, path, method);
      const cpu = () => cpuSeconds(stage.service.pid);
      const took = async () => {
        const before = await cpu();
        const value = await timed(ask);
        return { value, facts: { 'ms of CPU': ((await cpu()) - before) * 1_000 } };
      };
      const silence = async () => ({
        value: (await watched(stage.url, stage.service.pid, ask)).silenceMs,
      });
      for (const [measure, of, limit] of [
        [took, `${title}, ${FILES} files`, most],
        [silence, `Longest silence beside: ${title[0].toLowerCase() + title.slice(1)}`, MOST_SILENT_MS],
      ] as const)
        results.push(
          await compare({
            title: of,
            ...{ unit: 'ms', rounds: ROUNDS },
            contenders: [{ name: OURS, run: measure }],
            target: { ours: OURS, most: limit },
          }),
        );
    }
    return await report('files-and-plan', results);
  } finally {
    await stage.close();
  }
}
