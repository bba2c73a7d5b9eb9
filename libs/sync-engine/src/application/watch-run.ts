import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import { Clock, type OrgId } from '@app/kernel';
import { isOver, type Run } from '../domain/run';
import { RunNotFound } from '../domain/sync.errors';
import { SyncRuns } from './sync-runs.port';

const LOOK_EVERY_MS = 300;

/** Follows a run wherever it is worked on: the database is what all processes share. */
@Injectable()
export class WatchRun {
  constructor(
    private readonly runs: SyncRuns,
    private readonly clock: Clock,
  ) {}

  /** The run at once, whenever it changed, and when it is over. @throws RunNotFound */
  async *execute(org: OrgId, id: string, signal: AbortSignal): AsyncGenerator<Run> {
    for (let last: Run | null = null; !signal.aborted; await this.clock.sleep(LOOK_EVERY_MS, signal)) {
      const run = await this.runs.find(org, id);
      if (!run) throw new RunNotFound(id);
      if (!isDeepStrictEqual(run, last)) yield run;
      if (isOver(run)) return;
      last = run;
    }
  }
}
