import type { InMemoryTable, InMemoryTables } from '@app/database/testing';
import {
  encodeCursor,
  positionOf,
  type Clock,
  type DomainEvent,
  type OrgId,
  type Page,
  type PageRequest,
} from '@app/kernel';
import { EventFeed, type StoredEvent } from '../src/events/event-feed.port';
import type { GitLabSyncEvent } from '../src/events/gitlab-sync.events';

const START = [0] as const;

export class InMemoryEventFeed extends EventFeed {
  private readonly rows: InMemoryTable<StoredEvent & { readonly org: OrgId }>;

  constructor(
    private readonly tables: InMemoryTables,
    private readonly clock: Clock,
  ) {
    super();
    this.rows = tables.table('sync_events');
  }

  async add(event: DomainEvent): Promise<void> {
    await this.tables.run(() => {
      const id = String(this.rows.values().length + 1);
      const data = event as GitLabSyncEvent;
      this.rows.set(id, { id, org: event.org, name: data.name, at: this.clock.now().toISOString(), data });
    });
  }

  async after(org: OrgId, { limit = 50, cursor }: PageRequest): Promise<Page<StoredEvent>> {
    const [position] = positionOf<readonly [number]>(cursor, START);
    const rows = this.rows.values().filter((row) => row.org === org && Number(row.id) > position);
    const items = rows.slice(0, limit).map(({ org: _, ...event }) => event);
    const last = items.at(-1);
    return { items, nextCursor: last ? encodeCursor([Number(last.id)]) : (cursor ?? null) };
  }
}
