import type { GitLabSync, OrgId, StoredEvent } from '@dot/gitlab-sync';

/** Handles the events since the last call. @returns the cursor to keep for the next one */
export async function catchUp(
  sync: GitLabSync,
  org: OrgId,
  after: string | null,
  handle: (event: StoredEvent) => Promise<void>,
): Promise<string | null> {
  for (;;) {
    const { items, nextCursor } = await sync.feed(org, after);
    for (const event of items) await handle(event);
    after = nextCursor;
    if (!items.length) return after;
  }
}
