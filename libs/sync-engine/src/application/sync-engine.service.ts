import { Injectable } from '@nestjs/common';
import type { Author, OrgId, Page, PageRequest } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { Clock, Transactions } from '@app/kernel';
import type { Conflict } from '../domain/findings';
import type { Run } from '../domain/run';
import { RunNotFound } from '../domain/sync.errors';
import { AnswerRun } from './answer-run';
import { FileStates, type FileState, type FileStatesRequest } from './file-states';
import { Findings } from './findings.port';
import { PlanSync, type SyncPlan } from './plan-sync';
import { ReleaseFile } from './release-file';
import { RequestRun } from './request-run';
import { RestoreConflict } from './restore-conflict';
import { SyncRuns } from './sync-runs.port';
import { SyncStates } from './sync-states.port';
import { ReadSyncStatus, type SyncStatus } from './sync-status';
import { WatchRun } from './watch-run';

/** What the module offers to others: asking for a push or a pull, and telling how the sync stands. */
@Injectable()
export class SyncEngineService {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly request: RequestRun,
    private readonly answer: AnswerRun,
    private readonly reader: ReadSyncStatus,
    private readonly planner: PlanSync,
    private readonly fileStates: FileStates,
    private readonly restorer: RestoreConflict,
    private readonly releaser: ReleaseFile,
    private readonly watcher: WatchRun,
    private readonly states: SyncStates,
    private readonly runStore: SyncRuns,
    private readonly findings: Findings,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Wants everything pushed, now; a person asks. @throws NotConnected, NotConfigured */
  push(org: OrgId): Promise<Run> {
    return this.request.byPerson(org, 'push');
  }

  /** Wants GitLab's changes, now; a person asks. @throws NotConnected, NotConfigured */
  pull(org: OrgId): Promise<Run> {
    return this.request.byPerson(org, 'pull');
  }

  /** A webhook says "look now": the id of the waiting pull, or null where nothing is configured or auto-pull is off. Joins the caller's transaction. */
  async lookNow(org: OrgId): Promise<string | null> {
    const target = await this.projects.target(org);
    if (!target) return null;
    return this.transactions.run(async () => {
      await this.states.noteWebhook(org, this.clock.now());
      if (!target.autoPull) return null;
      if ((await this.states.load(org)).blocked?.code === 'branch_gone') await this.request.resume(org);
      return (await this.request.execute(org, 'pull', 'webhook')).id;
    });
  }

  /** A webhook came that needs no look: the hook works, so polling may be rare. Joins the caller's transaction. */
  webhookHeard(org: OrgId): Promise<void> {
    return this.states.noteWebhook(org, this.clock.now());
  }

  /** The commit both sides last agreed on. */
  async baseCommit(org: OrgId): Promise<string | null> {
    return (await this.states.load(org)).baseCommit;
  }

  async status(org: OrgId): Promise<SyncStatus> {
    return this.reader.execute(org, await this.projects.target(org));
  }

  /** What a full sync would do now; changes nothing. @throws NotConnected, NotConfigured */
  plan(org: OrgId): Promise<SyncPlan> {
    return this.planner.execute(org);
  }

  runs(org: OrgId, request: PageRequest): Promise<Page<Run>> {
    return this.runStore.list(org, request);
  }

  /** @throws RunNotFound */
  async run(org: OrgId, id: string): Promise<Run> {
    const run = await this.runStore.find(org, id);
    if (!run) throw new RunNotFound(id);
    return run;
  }

  /** The run at once, whenever it changes, and when it is over. @throws RunNotFound */
  watch(org: OrgId, id: string, signal: AbortSignal): AsyncIterable<Run> {
    return this.watcher.execute(org, id, signal);
  }

  /** @throws RunNotFound, RunNotAwaiting */
  confirm(org: OrgId, id: string): Promise<Run> {
    return this.answer.confirm(org, id);
  }

  /** @throws RunNotFound, RunOver */
  cancel(org: OrgId, id: string): Promise<Run> {
    return this.answer.cancel(org, id);
  }

  /** @throws NotConnected, NotConfigured */
  files(org: OrgId, request: FileStatesRequest): Promise<Page<FileState>> {
    return this.fileStates.execute(org, request);
  }

  /** Lets a file leave for GitLab in spite of what was found in it. @throws FileNotHeld, NotConnected, NotConfigured */
  releaseFile(org: OrgId, path: string): Promise<Run> {
    return this.releaser.execute(org, path);
  }

  conflicts(org: OrgId, request: PageRequest): Promise<Page<Conflict>> {
    return this.findings.conflicts(org, request);
  }

  /** @throws ConflictNotFound */
  restoreConflict(org: OrgId, id: string, author: Author) {
    return this.restorer.execute(org, id, author);
  }
}
