import type { ConnectionExpiring } from '@app/credentials';
import type { DomainEvent } from '@app/kernel';
import type { ConflictFound, MergeRequestOpened, QuarantineChanged, SyncFailed } from '@app/sync-engine';
import type { Notice } from '../domain/notice';

type Speaking = ConflictFound | ConnectionExpiring | MergeRequestOpened | QuarantineChanged | SyncFailed;

/** Returns the notices that an event is; most events are none. */
export function noticesOf(event: DomainEvent): Notice[] {
  const { org } = event;
  const spoken = event as Speaking;
  switch (spoken.name) {
    case 'sync.failed.v1': {
      const { code, detail, runId, retrying } = spoken;
      return retrying ? [] : [{ kind: 'needs_person', org, code, detail, runId }];
    }
    case 'connection.expiring.v1': {
      const { expiresAt, days } = spoken;
      return [{ kind: 'token_expires', org, expiresAt, days }];
    }
    case 'conflict.found.v1':
      return [{ kind: 'conflicts_kept', org, files: 1, paths: [spoken.path] }];
    case 'merge_request.opened.v1': {
      const { title, webUrl: url, changes } = spoken;
      return [{ kind: 'review_waits', org, title, url, changes }];
    }
    case 'quarantine.changed.v1': {
      const list = spoken.keptOut.map(({ path, reason, detail }) => ({ path, reason, detail }));
      const { letIn: paths } = spoken;
      return [
        ...(list.length ? [{ kind: 'files_kept_out' as const, org, files: list.length, list }] : []),
        ...(paths.length ? [{ kind: 'files_let_in' as const, org, files: paths.length, paths }] : []),
      ];
    }
    default:
      return [];
  }
}
