import { useEffect, useRef, useState } from 'preact/hooks';

export interface ComboPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

interface Found<Item> extends ComboPage<Item> {
  readonly text: string;
  readonly busy: boolean;
}

const TYPING_MS = 200;

/** Searches for the typed text page by page. Ignores responses to earlier searches. */
export function useSearch<Item>(
  load: (search: string, cursor: string | null) => Promise<ComboPage<Item>>,
  onFault: (error: unknown) => void,
) {
  const [found, setFound] = useState<Found<Item>>({ text: '', items: [], nextCursor: null, busy: false });
  const asked = useRef(0);
  const timer = useRef(0);
  useEffect(
    () => () => {
      asked.current++;
      clearTimeout(timer.current);
    },
    [],
  );
  const ask = async (text: string, cursor: string | null) => {
    const mine = ++asked.current;
    const anew = cursor === null;
    setFound((before) => ({ ...before, text, busy: true, ...(anew && { items: [], nextCursor: null }) }));
    try {
      const { items, nextCursor } = await load(text, cursor);
      if (mine !== asked.current) return;
      setFound((before) => ({
        text,
        items: anew ? items : [...before.items, ...items],
        nextCursor,
        busy: false,
      }));
    } catch (error) {
      if (mine !== asked.current) return;
      setFound((before) => ({ ...before, busy: false }));
      onFault(error);
    }
  };
  return {
    ...found,
    for(text: string) {
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void ask(text, null), TYPING_MS);
    },
    /** Lists everything and ignores the text of the field; used when the list opens. */
    all: () => void ask('', null),
    more: () => void ask(found.text, found.nextCursor),
  };
}
