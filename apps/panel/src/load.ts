import { useEffect, useRef, useState } from 'preact/hooks';
import type { Page } from './contract';
import { useSession, type Session } from './session';

export interface Loaded<Item> {
  readonly items: readonly Item[] | null;
  readonly hasMore: boolean;
  readonly busy: boolean;
  readonly more: () => void;
}

/** Reads a list page by page, and starts again if `key` changes. Keeps the old items until the new first page arrives. */
export function usePages<Item>(
  read: (session: Session, cursor: string | null) => Promise<Page<Item>>,
  key: string,
): Loaded<Item> {
  const session = useSession();
  const [state, setState] = useState<{ items: readonly Item[] | null; cursor: string | null; busy: boolean }>(
    {
      items: null,
      cursor: null,
      busy: true,
    },
  );
  const asked = useRef(0);
  const load = async (cursor: string | null) => {
    const mine = ++asked.current;
    setState((before) => ({ ...before, busy: true }));
    try {
      const page = await read(session, cursor);
      if (mine !== asked.current) return;
      setState((before) => ({
        items: cursor === null ? page.items : [...(before.items ?? []), ...page.items],
        cursor: page.nextCursor,
        busy: false,
      }));
    } catch (error) {
      if (mine !== asked.current) return;
      session.heed(error);
      setState((before) => ({ ...before, items: before.items ?? [], busy: false }));
    }
  };
  useEffect(() => {
    void load(null);
    return () => void asked.current++;
  }, [key]);
  return {
    items: state.items,
    hasMore: state.cursor !== null,
    busy: state.busy,
    more: () => void load(state.cursor),
  };
}

/** Returns a key that changes if the status shows that lists must be read again. */
export function changeKey(session: Session): string {
  const { sync, project } = session.status.value ?? {};
  const { lastRun } = sync ?? {};
  return JSON.stringify([
    project?.projectId,
    project?.branch,
    lastRun?.id,
    lastRun?.status,
    sync?.pendingPush,
    sync?.conflicts,
    sync?.quarantined,
  ]);
}
