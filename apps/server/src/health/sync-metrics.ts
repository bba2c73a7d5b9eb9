import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { Counter, Gauge, Histogram } from 'prom-client';
import {
  SyncEngineService,
  type Backlog,
  type ConflictFound,
  type RotationEnded,
  type SyncFailed,
  type SyncFinished,
} from '@app/gitlab-sync';
import { DatabaseUnavailable, EventBus } from '@app/kernel';
import { Metrics } from './metrics';

/** Prometheus gives up after ten seconds, and then gets no metrics of this process. */
const TIMEOUT_MS = 2_000;

const KINDS = ['initial', 'push', 'pull'];
const SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800];

/** Measures the sync: the work of this process by its events, and the backlog of all processes by a query. */
@Injectable()
export class SyncMetrics implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('metrics');
  private subscriptions: (() => void)[] = [];
  private readonly runs;
  private readonly waits;
  private readonly durations;
  private readonly commits;
  private readonly conflicts;
  private readonly rotations;
  private readonly backlog;
  private readonly oldest;
  private readonly runnable;

  constructor(
    private readonly metrics: Metrics,
    private readonly events: EventBus,
    private readonly sync: SyncEngineService,
  ) {
    const registers = [metrics.registry];
    this.runs = new Counter({
      name: 'sync_runs_total',
      help: 'Run attempts by outcome: succeeded, or the code of the failure; retrying says whether it is retried automatically',
      labelNames: ['kind', 'outcome', 'retrying'],
      registers,
    });
    this.waits = new Histogram({
      name: 'sync_queue_wait_seconds',
      help: 'From the request for a run to its start',
      labelNames: ['kind'],
      buckets: SECONDS,
      registers,
    });
    this.durations = new Histogram({
      name: 'sync_run_duration_seconds',
      help: 'From the start of a run to its success, including waits',
      labelNames: ['kind'],
      buckets: SECONDS,
      registers,
    });
    this.commits = new Counter({ name: 'sync_commits_total', help: 'Commits made on GitLab', registers });
    this.conflicts = new Counter({
      name: 'sync_conflicts_total',
      help: 'Conflicts found, by winner',
      labelNames: ['winner'],
      registers,
    });
    this.rotations = new Counter({
      name: 'token_rotations_total',
      help: 'Token renewals by result: ok, or the code of the failure',
      labelNames: ['result'],
      registers,
    });
    this.backlog = new Gauge({
      name: 'sync_backlog',
      help: 'Backlog of all processes: open runs, stopped orgs (a person must act), retrying orgs, open conflicts, quarantined files',
      labelNames: ['what'],
      registers,
    });
    this.oldest = new Gauge({
      name: 'sync_oldest_work_seconds',
      help: 'Age of the oldest open run in all processes that is neither backed off nor blocked',
      registers,
    });
    this.runnable = new Gauge({
      name: 'sync_runnable_orgs',
      help: 'Organisations of all processes whose work waits or is under way, up to 1000; for an autoscaler of workers',
      registers,
    });
    this.showFailuresFromZero();
  }

  onModuleInit(): void {
    this.subscriptions = [
      this.events.on<SyncFinished>('sync.finished.v1', (event) => this.countFinished(event)),
      this.events.on<SyncFailed>('sync.failed.v1', ({ kind, code, retrying }) =>
        this.runs.inc({ kind, outcome: code, retrying: String(retrying) }),
      ),
      this.events.on<ConflictFound>('conflict.found.v1', ({ winner }) => this.conflicts.inc({ winner })),
      this.events.on<RotationEnded>('rotation.ended.v1', ({ result }) => this.rotations.inc({ result })),
    ];
    this.metrics.beforeRead(() => this.refresh());
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** Prometheus sees an increase only of a series that it has read before: the first bug would be missed. */
  private showFailuresFromZero(): void {
    for (const kind of KINDS)
      for (const retrying of ['true', 'false']) this.runs.inc({ kind, outcome: 'internal', retrying }, 0);
  }

  private countFinished({ kind, status, commits, waitedMs, tookMs }: SyncFinished): void {
    this.runs.inc({ kind, outcome: status, retrying: 'false' });
    this.waits.observe({ kind }, waitedMs / 1000);
    this.durations.observe({ kind }, tookMs / 1000);
    this.commits.inc(commits.length);
  }

  /** Removes the backlog while the database is unavailable, because old figures may be wrong; other metrics stay. */
  private async refresh(): Promise<void> {
    this.backlog.reset();
    this.oldest.remove();
    this.runnable.remove();
    try {
      const message = new DatabaseUnavailable(`no answer within ${TIMEOUT_MS} ms`);
      this.show(await pTimeout(this.sync.backlog(), { milliseconds: TIMEOUT_MS, message }));
    } catch (error) {
      this.logger.warn({ code: (error as NodeJS.ErrnoException).code }, 'backlog not measured');
    }
  }

  private show({ oldestSince, runnableOrgs, ...counts }: Backlog): void {
    for (const [what, count] of Object.entries(counts)) this.backlog.set({ what }, count);
    this.runnable.set(runnableOrgs);
    this.oldest.set(oldestSince ? Math.max(0, Date.now() - oldestSince.getTime()) / 1000 : 0);
  }
}
