import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Publish } from '@app/project-config';
import type { SabotageName } from './sabotage';

export interface Assignment {
  readonly from: number;
  readonly seeds: number;
  readonly sabotage: SabotageName;
  readonly publish: Publish;
  /** Ends at the first failure. */
  readonly untilFirst: boolean;
}

/** One of `of` processes: it lives through every `of`-th history. */
export interface Share extends Assignment {
  readonly nth: number;
  readonly of: number;
}

export interface Failed {
  readonly seed: number;
  readonly failure: string;
}

export type Report = { readonly lived: number } | Failed;

/** Lives through many histories in several processes. */
export async function liveMany({ jobs, ...assignment }: Assignment & { readonly jobs: number }) {
  const failed: Failed[] = [];
  let lived = 0;
  const children: ChildProcess[] = [];
  const shares = Array.from({ length: jobs }, (_, nth): Share => ({ ...assignment, nth, of: jobs }));
  const take = (report: Report) => {
    if ('lived' in report) return void (lived += report.lived);
    failed.push(report);
    if (assignment.untilFirst) for (const child of children) child.kill();
  };
  await Promise.all(
    shares.map(
      (share) =>
        new Promise<void>((resolve, reject) => {
          const child = fork(join(__dirname, 'live-share.ts'), [JSON.stringify(share)], {
            execArgv: process.execArgv,
          });
          children.push(child);
          child.on('message', take);
          child.on('error', reject);
          child.on('exit', (code) =>
            code === 0 || failed.length ? resolve() : reject(new Error(`a process ended with ${code}`)),
          );
        }),
    ),
  );
  return { lived, failed: failed.sort((a, b) => a.seed - b.seed) };
}
