import type {
  ConnectionChanged,
  ConnectionChecked,
  ConnectionExpiring,
  ConnectionRemoved,
  RotationEnded,
} from '@app/credentials';
import type { ContextChanged } from '@app/context-store';
import type { TargetChanged, TargetRemoved } from '@app/project-config';
import type {
  ConflictFound,
  MergeRequestOpened,
  QuarantineChanged,
  SyncFailed,
  SyncFinished,
  WebhookSilent,
} from '@app/sync-engine';

/** Every event by its name. Payloads are JSON-safe; a change that is not compatible gets a new name. */
export interface GitLabSyncEvents {
  'conflict.found.v1': ConflictFound;
  'connection.changed.v1': ConnectionChanged;
  'connection.checked.v1': ConnectionChecked;
  'connection.expiring.v1': ConnectionExpiring;
  'connection.removed.v1': ConnectionRemoved;
  'context.changed.v1': ContextChanged;
  'merge_request.opened.v1': MergeRequestOpened;
  'quarantine.changed.v1': QuarantineChanged;
  'rotation.ended.v1': RotationEnded;
  'sync.failed.v1': SyncFailed;
  'sync.finished.v1': SyncFinished;
  'target.changed.v1': TargetChanged;
  'target.removed.v1': TargetRemoved;
  'webhook.silent.v1': WebhookSilent;
}

/** The name of an event, with its version. */
export type GitLabSyncEventName = keyof GitLabSyncEvents;

/** Any event, distinguished by its `name`. */
export type GitLabSyncEvent = GitLabSyncEvents[GitLabSyncEventName];
