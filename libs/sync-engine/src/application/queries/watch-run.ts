import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { Clock, SharedReader, type OrgId } from '@app/kernel';
import { isOver, type Run } from '../../domain/run';
import { RunNotFound } from '../../domain/sync.errors';
import { SyncRuns } from '../ports/sync-runs.port';

const LOOK_EVERY_MS = 300;

/** Follows runs on any worker. */
@Injectable()
export class WatchRun {
  private readonly reader: SharedReader<Run>;

  constructor(
    private readonly runs: SyncRuns,
    clock: Clock,
  ) {
    this.reader = new SharedReader(clock);
  }

  /** The run as it is now, whenever it changes, and when it is over. Fails with RunNotFound. */
  execute(org: OrgId, id: string): Observable<Run> {
    return this.reader.follow(`${org} ${id}`, {
      read: () => this.find(org, id),
      pauseMs: () => LOOK_EVERY_MS,
      isLast: isOver,
    });
  }

  private async find(org: OrgId, id: string): Promise<Run> {
    const run = await this.runs.find(org, id);
    if (!run) throw new RunNotFound(id);
    return run;
  }
}
