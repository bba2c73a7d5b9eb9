import { Injectable } from '@nestjs/common';
import { defer, finalize, Observable, ReplaySubject, share, type Subscriber } from 'rxjs';
import { isDeepStrictEqual } from 'node:util';
import { Clock, type OrgId } from '@app/kernel';
import { isOver, type Run } from '../../domain/run';
import { RunNotFound } from '../../domain/sync.errors';
import { SyncRuns } from '../ports/sync-runs.port';

const LOOK_EVERY_MS = 300;

/** Follows runs on any worker by reading the database, which all processes share: one reader for each run, however many watch it. */
@Injectable()
export class WatchRun {
  private readonly watched = new Map<string, Observable<Run>>();

  constructor(
    private readonly runs: SyncRuns,
    private readonly clock: Clock,
  ) {}

  /** The run as it is now, whenever it changes, and when it is over. Fails with RunNotFound. */
  execute(org: OrgId, id: string): Observable<Run> {
    const key = `${org} ${id}`;
    return defer(() => this.watched.get(key) ?? this.begin(key, org, id));
  }

  private begin(key: string, org: OrgId, id: string): Observable<Run> {
    const changes = new Observable<Run>((watchers) => {
      const nobody = new AbortController();
      this.read(org, id, watchers, nobody.signal).catch((error: unknown) => watchers.error(error));
      return () => nobody.abort();
    });
    const shared = changes.pipe(
      finalize(() => this.watched.delete(key)),
      share({ connector: () => new ReplaySubject(1) }),
    );
    this.watched.set(key, shared);
    return shared;
  }

  private async read(org: OrgId, id: string, watchers: Subscriber<Run>, signal: AbortSignal): Promise<void> {
    for (let last: Run | null = null; !signal.aborted; await this.clock.sleep(LOOK_EVERY_MS, signal)) {
      const run = await this.runs.find(org, id);
      if (!run) throw new RunNotFound(id);
      if (!isDeepStrictEqual(run, last)) watchers.next(run);
      if (isOver(run)) return watchers.complete();
      last = run;
    }
  }
}
