import { EventStore, type OrgId, type Page, type PageRequest } from '@app/kernel';
import type { GitLabSyncEvent, GitLabSyncEventName } from './gitlab-sync.events';

/** An event as the feed keeps it. */
export interface StoredEvent {
  /** Grows with each event of the org. */
  readonly id: string;
  readonly name: GitLabSyncEventName;
  readonly at: string;
  /** The payload, as the bus publishes it. */
  readonly data: GitLabSyncEvent;
}

/** Keeps the events of each org for 30 days, for hosts that must not miss one. */
export abstract class EventFeed extends EventStore {
  /**
   * Returns the events after the cursor, oldest first. No event appears later before the end of a page: the call waits
   * for transactions of the org that are about to store one. `nextCursor` is null only if the org has no event yet.
   * @throws CursorInvalid
   */
  abstract after(org: OrgId, page: PageRequest): Promise<Page<StoredEvent>>;
}
