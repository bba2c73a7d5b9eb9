import type { AuditEntryView } from '@app/audit';
import type { ChangedView, ContextApi } from '@app/context-store';
import type { CheckedConnectionView, ConnectionView, NewConnection, TokenChange } from '@app/credentials';
import type { Actor, OrgId, Page, PageRequest } from '@app/kernel';
import type { ChannelsChange, NotificationsTestView, NotificationsView } from '@app/notifications';
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
 * act of `by` in the audit log. The host decides beforehand whether the actor may act.
 */
export class GitLabSync {
  readonly webhook: WebhookApi;
  readonly context: ContextApi;
  readonly bus: GitLabSyncBus;

  /** @internal */
  constructor(private readonly parts: GitLabSyncParts) {
    ({ webhook: this.webhook, context: this.context, bus: this.bus } = parts);
  }

  status(org: OrgId): Promise<StatusView> {
    return this.parts.status.read(org);
  }

  /** Follows the status: as it is now, and after each change, until `signal` aborts. */
  watchStatus(org: OrgId, signal?: AbortSignal): AsyncIterable<StatusView> {
    return this.parts.status.watch(org, signal);
  }

  connect(org: OrgId, connection: NewConnection, by: Actor): Promise<ConnectionView> {
    return this.parts.connection.connect(org, connection, by);
  }

  checkConnection(org: OrgId, by: Actor): Promise<CheckedConnectionView> {
    return this.parts.connection.checkConnection(org, by);
  }

  disconnect(org: OrgId, by: Actor): Promise<void> {
    return this.parts.connection.disconnect(org, by);
  }

  /** Replaces the token by another one of the same user, or changes whether it renews itself. */
  replaceToken(org: OrgId, change: TokenChange, by: Actor): Promise<ConnectionView> {
    return this.parts.connection.replaceToken(org, change, by);
  }

  projects(org: OrgId, request?: SearchRequest): Promise<Page<ProjectChoice>> {
    return this.parts.project.projects(org, request);
  }

  branches(org: OrgId, projectId: number, request?: SearchRequest): Promise<Page<BranchChoice>> {
    return this.parts.project.branches(org, projectId, request);
  }

  configure(org: OrgId, selection: ProjectSelection, by: Actor): Promise<ProjectView> {
    return this.parts.project.configure(org, selection, by);
  }

  updateSettings(org: OrgId, change: SettingsChange, by: Actor): Promise<ProjectView> {
    return this.parts.project.updateSettings(org, change, by);
  }

  removeProject(org: OrgId, by: Actor): Promise<void> {
    return this.parts.project.removeProject(org, by);
  }

  push(org: OrgId, by: Actor): Promise<RunView> {
    return this.parts.runs.push(org, by);
  }

  pull(org: OrgId, by: Actor): Promise<RunView> {
    return this.parts.runs.pull(org, by);
  }

  /** Opens a merge request again that a person refused. */
  propose(org: OrgId, by: Actor): Promise<RunView> {
    return this.parts.runs.propose(org, by);
  }

  /** Takes the branch's texts back in place of the proposal. */
  discard(org: OrgId, by: Actor): Promise<RunView> {
    return this.parts.runs.discard(org, by);
  }

  plan(org: OrgId, by: Actor, draft?: Draft): Promise<PlanView> {
    return this.parts.runs.plan(org, by, draft);
  }

  runs(org: OrgId, page?: PageRequest): Promise<Page<RunView>> {
    return this.parts.runs.runs(org, page);
  }

  run(org: OrgId, id: string): Promise<RunView> {
    return this.parts.runs.run(org, id);
  }

  /** Follows a run until it is over or `signal` aborts. */
  watch(org: OrgId, id: string, signal?: AbortSignal): AsyncIterable<RunView> {
    return this.parts.runs.watch(org, id, signal);
  }

  confirm(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.parts.runs.confirm(org, id, by);
  }

  keep(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.parts.runs.keep(org, id, by);
  }

  cancel(org: OrgId, id: string, by: Actor): Promise<RunView> {
    return this.parts.runs.cancel(org, id, by);
  }

  runChanges(org: OrgId, id: string, page?: PageRequest): Promise<Page<RunChange>> {
    return this.parts.runs.runChanges(org, id, page);
  }

  files(org: OrgId, request?: FileStatesRequest): Promise<Page<FileStateView>> {
    return this.parts.files.files(org, request);
  }

  /** Returns GitLab's text of a file that was kept out of Dot. */
  remoteFile(org: OrgId, path: string): Promise<Buffer> {
    return this.parts.files.remoteFile(org, path);
  }

  releaseFile(org: OrgId, path: string, by: Actor): Promise<RunView> {
    return this.parts.files.releaseFile(org, path, by);
  }

  conflicts(org: OrgId, page?: PageRequest): Promise<Page<ConflictView>> {
    return this.parts.conflicts.conflicts(org, page);
  }

  restoreConflict(org: OrgId, id: string, by: Actor): Promise<ChangedView> {
    return this.parts.conflicts.restoreConflict(org, id, by);
  }

  dismissConflict(org: OrgId, id: string, by: Actor): Promise<void> {
    return this.parts.conflicts.dismissConflict(org, id, by);
  }

  /** Returns where messages go, and how the last ones arrived. */
  notifications(org: OrgId): Promise<NotificationsView> {
    return this.parts.notifications.read(org);
  }

  /** Changes the named channels; null removes one. */
  changeNotifications(org: OrgId, change: ChannelsChange, by: Actor): Promise<NotificationsView> {
    return this.parts.notifications.change(org, change, by);
  }

  testNotifications(org: OrgId, by: Actor): Promise<NotificationsTestView> {
    return this.parts.notifications.test(org, by);
  }

  /** Lists every administrative act, newest first. */
  audit(org: OrgId, page?: PageRequest): Promise<Page<AuditEntryView>> {
    return this.parts.audit.list(org, page);
  }

  /** Lists the events of the last 30 days after a cursor, oldest first; none is missed. Poll with the last cursor. */
  feed(org: OrgId, after?: string | null, limit?: number): Promise<Page<StoredEvent>> {
    return this.parts.feed.after(org, { cursor: after, limit });
  }
}
