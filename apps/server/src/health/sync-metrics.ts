import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Counter, Gauge, Histogram } from 'prom-client';
import {
  SyncEngineService,
  type Backlog,
  type ConflictFound,
  type RotationEnded,
  type SyncFailed,
  type SyncFinished,
} from '@app/gitlab-sync';
import { EventBus, inTime } from '@app/kernel';
import { Metrics } from './metrics';

/** Prometheus gives up after ten seconds, and then has nothing of this process. */
const PATIENCE_MS = 2_000;

const SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800];

/** How the sync goes: what this process did, by events, and what waits in all, by a look into the database when asked. */
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

  constructor(
    private readonly metrics: Metrics,
    private readonly events: EventBus,
    private readonly sync: SyncEngineService,
  ) {
    const registers = [metrics.registry];
    this.runs = new Counter({
      name: 'sync_runs_total',
      help: 'Ends of turns at runs: succeeded, or the code of the failure; retrying tells whether it is tried again by itself',
      labelNames: ['kind', 'outcome', 'retrying'],
      registers,
    });
    this.waits = new Histogram({
      name: 'sync_queue_wait_seconds',
      help: 'From a run being wanted to its start',
      labelNames: ['kind'],
      buckets: SECONDS,
      registers,
    });
    this.durations = new Histogram({
      name: 'sync_run_duration_seconds',
      help: 'From the start of a run to its success, its waits included',
      labelNames: ['kind'],
      buckets: SECONDS,
      registers,
    });
    this.commits = new Counter({ name: 'sync_commits_total', help: 'Commits made on GitLab', registers });
    this.conflicts = new Counter({
      name: 'sync_conflicts_total',
      help: 'Conflicts found, by who won',
      labelNames: ['winner'],
      registers,
    });
    this.rotations = new Counter({
      name: 'token_rotations_total',
      help: 'Tokens that were to renew themselves: ok, or the code of the failure',
      labelNames: ['result'],
      registers,
    });
    this.backlog = new Gauge({
      name: 'sync_backlog',
      help: 'Of all processes: open runs, stopped orgs (a person should act), orgs retrying, open conflicts, quarantined files',
      labelNames: ['what'],
      registers,
    });
    this.oldest = new Gauge({
      name: 'sync_oldest_work_seconds',
      help: 'Of all processes: the age of the oldest open run that no back-off and no block holds up',
      registers,
    });
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
    this.metrics.beforeTelling(() => this.refresh());
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  private countFinished({ kind, status, commits, waitedMs, tookMs }: SyncFinished): void {
    this.runs.inc({ kind, outcome: status, retrying: 'false' });
    this.waits.observe({ kind }, waitedMs / 1000);
    this.durations.observe({ kind }, tookMs / 1000);
    this.commits.inc(commits.length);
  }

  /** While the database is away the rest is told all the same; figures that may be wrong are not. */
  private async refresh(): Promise<void> {
    this.backlog.reset();
    this.oldest.remove();
    try {
      this.show(await inTime(this.sync.backlog(), PATIENCE_MS));
    } catch (error) {
      this.logger.warn({ code: (error as NodeJS.ErrnoException).code }, 'the backlog cannot be measured');
    }
  }

  private show({ oldestSince, ...counts }: Backlog): void {
    for (const [what, count] of Object.entries(counts)) this.backlog.set({ what }, count);
    this.oldest.set(oldestSince ? Math.max(0, Date.now() - oldestSince.getTime()) / 1000 : 0);
  }
}
