import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { compare, type ComparisonResult } from './comparison/compare';
import { report } from './comparison/report';
import { residentMb } from './hostile/probe';
import { GitServer } from './sync/git-server';
import { inFolder } from './sync/peers';
import { sampleFiles, type Sample } from './sync/sample-files';
import { Stage } from './sync/stage';

/** Fewer for a quick look. */
const FILES = Number(process.env.BENCH_FILES ?? 50_000);
const BYTES = 4_000;
const SAMPLE: Sample = { count: FILES, bytes: BYTES };
const LARGE = { count: 256, bytes: 4 * 2 ** 20 };
const REPOSITORY = 'context';
const OURS = 'Dot GitLab Sync';
const MOST_MB = 300;
const LOOK_MS = 20;

/** The most memory that a first pull takes. */
export async function run(): Promise<boolean> {
  const [stage, git] = [await Stage.open(), await GitServer.start()];
  try {
    await git.fill(REPOSITORY, sampleFiles(SAMPLE));
    const results: ComparisonResult[] = [];
    for (const beside of [null, LARGE])
      results.push(
        await compare({
          title: `Peak of memory in a first pull of ${FILES} files of 4 kB${beside ? ', 1 GB out of scope beside them' : ''}`,
          ...{ unit: 'MB', rounds: 1, warmUp: false },
          contenders: [
            { name: OURS, run: () => pull(stage, beside) },
            ...(beside ? [] : [{ name: 'git clone --depth 1', run: () => clone(git) }]),
          ],
          target: { ours: OURS, most: MOST_MB },
        }),
      );
    return await report('memory', results);
  } finally {
    await stage.close();
    await git.stop();
  }
}

async function pull(stage: Stage, beside: typeof LARGE | null) {
  await stage.restartService();
  const idle = await residentMb(stage.service.pid);
  const { org, project } = await stage.newOrg(SAMPLE, beside);
  const begun = performance.now();
  const value = await peakMb(stage.service.pid, stage.firstSync(org, project));
  const seconds = (performance.now() - begun) / 1_000;
  await stage.gitlab.ask('remove', project.id);
  return { value, facts: { 'MB when idle': idle, seconds } };
}

async function clone(git: GitServer) {
  return inFolder(async (folder) => {
    const to = join(folder, 'clone');
    const running = promisify(execFile)('git', [
      'clone',
      '--quiet',
      '--depth',
      '1',
      git.urlOf(REPOSITORY),
      to,
    ]);
    return { value: await peakMb(running.child.pid!, running) };
  });
}

/** The most that a process and those it started hold at a time. */
async function peakMb(pid: number, working: Promise<unknown>): Promise<number> {
  let [peak, over] = [0, false];
  const done = working.finally(() => (over = true));
  while (!over) {
    const processes = [pid, ...(await childrenOf(pid))];
    const sizes = await Promise.all(processes.map((one) => residentMb(one).catch(() => 0)));
    peak = Math.max(
      peak,
      sizes.reduce((sum, size) => sum + (size || 0), 0),
    );
    await pause(LOOK_MS);
  }
  await done;
  return peak;
}

async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const children = lists.join(' ').split(/\s+/).filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(childrenOf))).flat()];
}
