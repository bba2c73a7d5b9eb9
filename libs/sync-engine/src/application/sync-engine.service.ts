import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { Act } from '@app/audit';
import { Clock, type Author, type OrgId, type Page, type PageRequest } from '@app/kernel';
import { ProjectConfigService, type Draft } from '@app/project-config';
import type { Conflict } from '../domain/findings';
import type { Run } from '../domain/run';
import type { RunChange } from '../domain/run-change';
import { RunNotFound } from '../domain/sync.errors';
import { ResolveRun } from './requests/resolve-run';
import { BacklogMetrics, type Backlog } from './ports/backlog-metrics.port';
import type { WebhookContext } from './ports/sync-states.port';
import type { FileState } from './queries/file-state';
import { FileStates, type FileStatesRequest } from './queries/file-states';
import { DismissConflict } from './requests/dismiss-conflict';
import { ReadRemoteFile } from './queries/read-remote-file';
import { ListConflicts } from './queries/list-conflicts';
import { OnPushEvents, type PushEvents } from './requests/on-push-events';
import { PlanSync, type SyncPlan } from './queries/plan-sync';
import { ReleaseFile } from './requests/release-file';
import { RequestRun } from './requests/request-run';
import { RestoreConflict } from './requests/restore-conflict';
import { SyncRuns } from './ports/sync-runs.port';
import { ReadSyncStatus, type SyncStatus } from './queries/sync-status';
import { ListRunChanges } from './queries/list-run-changes';
import { WatchRun } from './queries/watch-run';

/** Interface of the module: requests pushes and pulls, and returns the state of the sync. */
@Injectable()
export class SyncEngineService {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly request: RequestRun,
    private readonly pushEvents: OnPushEvents,
    private readonly resolveRun: ResolveRun,
    private readonly reader: ReadSyncStatus,
    private readonly planner: PlanSync,
    private readonly fileStates: FileStates,
    private readonly restorer: RestoreConflict,
    private readonly releaser: ReleaseFile,
    private readonly watcher: WatchRun,
    private readonly changesOf: ListRunChanges,
    private readonly runStore: SyncRuns,
    private readonly openConflicts: ListConflicts,
    private readonly dismisser: DismissConflict,
    private readonly remoteFiles: ReadRemoteFile,
    private readonly backlogs: BacklogMetrics,
    private readonly clock: Clock,
  ) {}

  /** Wants everything pushed, now; a person asks. @throws NotConnected, NotConfigured */
  push(org: OrgId, act: Act): Promise<Run> {
    return this.request.byPerson(org, 'push', act);
  }

  /** Wants GitLab's changes, now; a person asks. @throws NotConnected, NotConfigured */
  pull(org: OrgId, act: Act): Promise<Run> {
    return this.request.byPerson(org, 'pull', act);
  }

  /** Returns the state that push events of these orgs are judged by. */
  webhookContext(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, WebhookContext>> {
    return this.pushEvents.contexts(orgs);
  }

  /** Requests pulls and returns the waiting runs. Call it in the transaction that read the orgs' context. */
  pushEventsReceived(
    orgs: ReadonlyMap<OrgId, WebhookContext>,
    events: PushEvents,
  ): Promise<ReadonlyMap<OrgId, string>> {
    return this.pushEvents.execute(orgs, events);
  }

  async status(org: OrgId): Promise<SyncStatus> {
    return this.reader.execute(org, await this.projects.target(org));
  }

  /** Plans a full sync with the configured target or a draft; changes nothing. @throws NotConnected, NotConfigured */
  async plan(org: OrgId, act: Act, draft?: Draft): Promise<SyncPlan> {
    const plan = await this.planner.execute(org, draft);
    await act.record(draft && `project ${draft.projectId}`);
    return plan;
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

  /** The run as it is now, whenever it changes, and when it is over. Fails with RunNotFound. */
  watch(org: OrgId, id: string): Observable<Run> {
    return this.watcher.execute(org, id);
  }

  /** @throws RunNotFound, RunNotAwaiting */
  confirm(org: OrgId, id: string, act: Act): Promise<Run> {
    return this.resolveRun.confirm(org, id, act);
  }

  /** Instead of `confirm`: the files go back to GitLab. @throws RunNotFound, RunNotAwaiting */
  keep(org: OrgId, id: string, act: Act): Promise<Run> {
    return this.resolveRun.keep(org, id, act);
  }

  /** Returns the changes that a run would make, or made. @throws RunNotFound */
  runChanges(org: OrgId, id: string, request: PageRequest): Promise<Page<RunChange>> {
    return this.changesOf.execute(org, id, request);
  }

  /** @throws RunNotFound, RunOver */
  cancel(org: OrgId, id: string, act: Act): Promise<Run> {
    return this.resolveRun.cancel(org, id, act);
  }

  /** @throws NotConnected, NotConfigured */
  files(org: OrgId, request: FileStatesRequest): Promise<Page<FileState>> {
    return this.fileStates.execute(org, request);
  }

  /** GitLab's text of a file that was kept out. @throws RemoteFileNotFound, NotConnected, NotConfigured */
  remoteFile(org: OrgId, path: string): Promise<Buffer> {
    return this.remoteFiles.execute(org, path);
  }

  /** Releases a file to GitLab in spite of its findings. @throws FileNotHeld, NotConnected, NotConfigured */
  releaseFile(org: OrgId, path: string, act: Act): Promise<Run> {
    return this.releaser.execute(org, path, act);
  }

  conflicts(org: OrgId, request: PageRequest): Promise<Page<Conflict>> {
    return this.openConflicts.execute(org, request);
  }

  /** @throws ConflictNotFound */
  restoreConflict(org: OrgId, id: string, author: Author, act: Act) {
    return this.restorer.execute(org, id, author, act);
  }

  /** Accepts the current text; the other one stays in the history. @throws ConflictNotFound */
  dismissConflict(org: OrgId, id: string, act: Act): Promise<void> {
    return this.dismisser.execute(org, id, act);
  }

  /** Returns the waiting and stuck work over all orgs. */
  backlog(): Promise<Backlog> {
    return this.backlogs.measure(this.clock.now());
  }
}
