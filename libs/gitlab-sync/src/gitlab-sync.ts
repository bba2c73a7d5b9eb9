import type { AuditEntryView } from '@app/audit';
import type { ChangedView, ContextApi } from '@app/context-store';
import type { CheckedConnectionView, ConnectionView, NewConnection, TokenChange } from '@app/credentials';
import type { Actor, OrgId, Page, PageRequest } from '@app/kernel';
import type { NotificationsApi } from '@app/notifications';
import type {
  BranchChoice,
  Draft,
  ProjectChoice,
  ProjectSelection,
  ProjectView,
  SearchRequest,
  SettingsChange,
} from '@app/project-config';
import type {
  ConflictView,
  FileStatesRequest,
  FileStateView,
  MergeRequestApi,
  PlanView,
  RunChange,
  RunView,
} from '@app/sync-engine';
import type { WebhookApi } from '@app/webhooks';
import type { StoredEvent } from './events/event-feed.port';
import type { GitLabSyncBus } from './events/gitlab-sync.bus';
import type { GitLabSyncParts } from './gitlab-sync.parts';
import type { StatusView } from './status/status.view';

/**
 * All that the HTTP contract does, for the host's own code. Methods return the views of the contract, and record every
 * act of `by` in the audit log. The host decides beforehand whether the actor may act. A refusal is a `DomainError` with
 * one of the codes that the method names.
 */
export class GitLabSync {
  /** Answers to a merge request that a person closed. */
  readonly mergeRequest: MergeRequestApi;
  /** The channels of an org, for messages to people. */
  readonly notifications: NotificationsApi;
  /** The webhook of an org, its deliveries, and `receive` for a route of the host. */
  readonly webhook: WebhookApi;
  /** The context files of an org: read, write, history. */
  readonly context: ContextApi;
  /** The events of this process; `feed` has those of all processes. */
  readonly bus: GitLabSyncBus;

  /** @internal */
  constructor(private readonly parts: GitLabSyncParts) {
    ({ mergeRequest: this.mergeRequest, notifications: this.notifications } = parts);
    ({ webhook: this.webhook, context: this.context, bus: this.bus } = parts);
  }

  /** Returns the whole state of an org: connection, project, webhook, sync, files and the reason of a stop. */
  status(org: OrgId): Promise<StatusView> {
    return this.parts.status.read(org);
  }

  /** Follows the status: as it is now, and after each change, until `signal` aborts. */
  watchStatus(org: OrgId, signal?: AbortSignal): AsyncIterable<StatusView> {
    return this.parts.status.watch(org, signal);
  }

  /**
   * Stores a token that GitLab accepts. Another connection is replaced.
   * @throws `validation_failed`, GitLab's errors
   */
  connect(org: OrgId, connection: NewConnection, by: Actor): Promise<ConnectionView> {
    return this.parts.connection.connect(org, connection, by);
  }

  /** Asks GitLab again about the token, its scopes and its expiry. @throws `not_connected` */
  checkConnection(org: OrgId, by: Actor): Promise<CheckedConnectionView> {
    return this.parts.connection.checkConnection(org, by);
  }

  /**
   * Destroys the token and the webhook secret, and stops the sync; the files stay on both sides.
   * @throws `not_connected`
   */
  disconnect(org: OrgId, by: Actor): Promise<void> {
    return this.parts.connection.disconnect(org, by);
  }

  /**
   * Replaces the token by another one of the same user, or changes whether it renews itself.
   * @throws `not_connected`, `validation_failed`, `token_of_another_user`, GitLab's errors
   */
  replaceToken(org: OrgId, change: TokenChange, by: Actor): Promise<ConnectionView> {
    return this.parts.connection.replaceToken(org, change, by);
  }

  /** Lists the projects that the token can sync to. @throws `not_connected`, `validation_failed`, GitLab's errors */
  projects(org: OrgId, request?: SearchRequest): Promise<Page<ProjectChoice>> {
    return this.parts.project.projects(org, request);
  }

  /**
   * Lists the branches of a project, and which of them the token may push to.
   * @throws `not_connected`, GitLab's errors
   */
  branches(org: OrgId, projectId: number, request?: SearchRequest): Promise<Page<BranchChoice>> {
    return this.parts.project.branches(org, projectId, request);
  }

  /** Selects a project or creates one, and queues the first sync. @throws `not_connected`, GitLab's errors */
  configure(org: OrgId, selection: ProjectSelection, by: Actor): Promise<ProjectView> {
    return this.parts.project.configure(org, selection, by);
  }

  /** Changes the named settings; the others stay. @throws `not_connected`, `not_configured`, GitLab's errors */
  updateSettings(org: OrgId, change: SettingsChange, by: Actor): Promise<ProjectView> {
    return this.parts.project.updateSettings(org, change, by);
  }

  /** Ends the sync; the connection and the files on both sides stay. @throws `not_connected`, `not_configured` */
  removeProject(org: OrgId, by: Actor): Promise<void> {
    return this.parts.project.removeProject(org, by);
  }

  /**
   * Requests a push of everything, now. Returns the run that already waits, if there is one.
   * @throws `not_connected`, `not_configured`
   */
  push(org: OrgId, by: Actor): Promise<RunView> {
    return this.parts.runs.push(org, by);
  }

  /**
   * Requests a pull of GitLab's changes, now. Returns the run that already waits, if there is one.
   * @throws `not_connected`, `not_configured`
   */
  pull(org: OrgId, by: Actor): Promise<RunView> {
    return this.parts.runs.pull(org, by);
  }

  /**
   * Previews a sync with the configured project or with `draft`; changes nothing.
   * @throws `not_connected`, `not_configured`, GitLab's errors
   */
  plan(org: OrgId, by: Actor, draft?: Draft): Promise<PlanView> {
    return this.parts.runs.plan(org, by, draft);
  }

  /** Lists the runs, newest first. @throws `validation_failed` */
  runs(org: OrgId, page?: PageRequest): Promise<Page<RunView>> {
    return this.parts.runs.runs(org, page);
  }

  /** Returns a run, as it is now. @throws `not_found` */
  run(org: OrgId, id: string): Promise<RunView> {
    return this.parts.runs.run(org, id);
  }

  /** Follows a run until it is over or `signal` aborts. @throws `not_found` */
  watch(org: OrgId, id: string, signal?: AbortSignal): AsyncIterable<RunView> {
    return this.parts.runs.watch(org, id, signal);
  }

  /** Agrees to the deletions that a run asks about. @throws `not_found`, `run_not_awaiting_confirmation` */
  confirm(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.parts.runs.confirm(org, id, by);
  }

  /**
   * Keeps the files that a run asks about: they go back to GitLab.
   * @throws `not_found`, `run_not_awaiting_confirmation`
   */
  keep(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.parts.runs.keep(org, id, by);
  }

  /** Cancels a run. Its effects stay, and pending changes stay pending. @throws `not_found`, `run_over` */
  cancel(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.parts.runs.cancel(org, id, by);
  }

  /** Lists the paths that a run would change, or changed. @throws `not_found`, `validation_failed` */
  runChanges(org: OrgId, id: string, page?: PageRequest): Promise<Page<RunChange>> {
    return this.parts.runs.runChanges(org, id, page);
  }

  /**
   * Lists the state of each file; `live` asks GitLab what changed since the last sync.
   * @throws `not_connected`, `not_configured`
   */
  files(org: OrgId, request?: FileStatesRequest): Promise<Page<FileStateView>> {
    return this.parts.files.files(org, request);
  }

  /**
   * Returns GitLab's text of a file that was kept out of Dot.
   * @throws `not_found`, `not_connected`, `not_configured`, GitLab's errors
   */
  remoteFile(org: OrgId, path: string): Promise<Buffer> {
    return this.parts.files.remoteFile(org, path);
  }

  /**
   * Releases a quarantined file to GitLab in spite of its findings.
   * @throws `not_found`, `not_connected`, `not_configured`
   */
  releaseFile(org: OrgId, path: string, by: Actor): Promise<RunView> {
    return this.parts.files.releaseFile(org, path, by);
  }

  /** Lists the conflicts that are neither restored nor dismissed, newest first. @throws `validation_failed` */
  conflicts(org: OrgId, page?: PageRequest): Promise<Page<ConflictView>> {
    return this.parts.conflicts.conflicts(org, page);
  }

  /** Makes the text that lost the newest, as a new change. @throws `not_found`, `content_invalid`, `quota_exceeded` */
  restoreConflict(org: OrgId, id: string, by: Actor): Promise<ChangedView> {
    return this.parts.conflicts.restoreConflict(org, id, by);
  }

  /** Keeps the present text; the other one stays in the history of the file. @throws `not_found` */
  dismissConflict(org: OrgId, id: string, by: Actor): Promise<void> {
    return this.parts.conflicts.dismissConflict(org, id, by);
  }

  /** Lists every administrative act, newest first. @throws `validation_failed` */
  audit(org: OrgId, page?: PageRequest): Promise<Page<AuditEntryView>> {
    return this.parts.audit.list(org, page);
  }

  /**
   * Lists the events of the last 30 days after a cursor, oldest first; none is missed. Poll with the last cursor.
   * @throws `validation_failed`
   */
  feed(org: OrgId, after?: string | null, limit?: number): Promise<Page<StoredEvent>> {
    return this.parts.feed.after(org, { cursor: after, limit });
  }
}
