import { Logger } from '@nestjs/common';
import pTimeout from 'p-timeout';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { DatabaseUnavailable } from '@app/kernel';
import type { Backlog, SyncFinished } from '@app/sync-engine';
import type { GitLabSyncBus } from '../events/gitlab-sync.bus';

/** Prometheus gives up after ten seconds, and then gets no metrics of this process. */
const TIMEOUT_MS = 2_000;

const KINDS = ['initial', 'push', 'pull'];
const SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 1800];

/** Measures the sync: the work of this process by its events, and the backlog of all processes by a query. */
export class SyncMetrics {
  private readonly logger = new Logger('metrics');
  private readonly subscriptions: readonly (() => void)[];
  private measuring: Promise<Backlog | null> | null = null;
  private readonly runs;
  private readonly waits;
  private readonly durations;
  private readonly commits;
  private readonly conflicts;
  private readonly rotations;

  constructor(
    registry: Registry,
    bus: Pick<GitLabSyncBus, 'on'>,
    private readonly measure: () => Promise<Backlog>,
  ) {
    const registers = [registry];
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
    this.showFailuresFromZero();
    this.showBacklog(registry);
    this.subscriptions = [
      bus.on('sync.finished.v1', (event) => this.countFinished(event)),
      bus.on('sync.failed.v1', ({ kind, code, retrying }) =>
        this.runs.inc({ kind, outcome: code, retrying: String(retrying) }),
      ),
      bus.on('conflict.found.v1', ({ winner }) => this.conflicts.inc({ winner })),
      bus.on('rotation.ended.v1', ({ result }) => this.rotations.inc({ result })),
    ];
  }

  /** Nest calls it by its name when the process stops. */
  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** Measures before each read. Shows no backlog while the database is unavailable, because old figures may be wrong. */
  private showBacklog(registry: Registry): void {
    const measured = () => this.measured();
    new Gauge({
      name: 'sync_backlog',
      help: 'Backlog of all processes: open runs, stopped orgs (a person must act), retrying orgs, open conflicts, quarantined files',
      labelNames: ['what'],
      registers: [registry],
      async collect() {
        const backlog = await measured();
        this.reset();
        if (!backlog) return;
        const { oldestSince: _, runnableOrgs: __, ...counts } = backlog;
        for (const [what, count] of Object.entries(counts)) this.set({ what }, count);
      },
    });
    new Gauge({
      name: 'sync_oldest_work_seconds',
      help: 'Age of the oldest open run in all processes that is neither backed off nor blocked',
      registers: [registry],
      async collect() {
        const backlog = await measured();
        this.remove();
        if (backlog) this.set(ageOf(backlog.oldestSince));
      },
    });
    new Gauge({
      name: 'sync_runnable_orgs',
      help: 'Organisations of all processes whose work waits or is under way, up to 1000; for an autoscaler of workers',
      registers: [registry],
      async collect() {
        const backlog = await measured();
        this.remove();
        if (backlog) this.set(backlog.runnableOrgs);
      },
    });
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

  /** Measures once for all gauges of one read. */
  private measured(): Promise<Backlog | null> {
    this.measuring ??= this.tryToMeasure().finally(() => (this.measuring = null));
    return this.measuring;
  }

  private async tryToMeasure(): Promise<Backlog | null> {
    try {
      const message = new DatabaseUnavailable(`no answer within ${TIMEOUT_MS} ms`);
      return await pTimeout(this.measure(), { milliseconds: TIMEOUT_MS, message });
    } catch (error) {
      this.logger.warn({ code: (error as NodeJS.ErrnoException).code }, 'backlog not measured');
      return null;
    }
  }
}

const ageOf = (since: Date | null): number => (since ? Math.max(0, Date.now() - since.getTime()) / 1000 : 0);
