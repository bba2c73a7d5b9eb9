import type { SingleRunner } from '@app/sync-engine/testing';

/** A promise to be kept by hand. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

const NEVER = new AbortController().signal;

/** `process` answers the queue as one more process sees it. */
export function describeCatchUpQueueContract(name: string, process: () => SingleRunner): void {
  describe(`Catch-up queue contract: ${name}`, () => {
    /** Enters and waits until its work has begun; ends it by `open`. */
    const working = async () => {
      const [begun, ending] = [gate(), gate()];
      const work = () => {
        begun.open();
        return ending.opened;
      };
      const result = process().runExclusively(work, NEVER);
      await begun.opened;
      return { result, end: ending.open };
    };
    const noted = (notes: string[], note: string) => async () => void notes.push(note);

    it('lets callers in one after the other', async () => {
      const notes: string[] = [];
      for (const note of ['one', 'two'])
        expect(await process().runExclusively(noted(notes, note), NEVER)).toBe('done');
      expect(notes).toEqual(['one', 'two']);
    });

    it('makes a second wait for the first, and sends a third away', async () => {
      const first = await working();
      const notes: string[] = [];
      const others = ['second', 'third'].map((note) => process().runExclusively(noted(notes, note), NEVER));
      expect(await Promise.race(others)).toBe('left');
      expect(notes).toEqual([]);
      first.end();
      expect((await Promise.all(others)).sort()).toEqual(['done', 'left']);
      expect(notes).toHaveLength(1);
      expect(await first.result).toBe('done');
    });

    it('goes on after work that failed', async () => {
      const failing = process().runExclusively(() => Promise.reject(new Error('no')), NEVER);
      await expect(failing).rejects.toThrow('no');
      expect(await process().runExclusively(async () => undefined, NEVER)).toBe('done');
    });

    it('refuses a caller that is stopping, and keeps no place for it', async () => {
      const first = await working();
      const stopping = new AbortController();
      const notes: string[] = [];
      const second = process().runExclusively(noted(notes, 'second'), stopping.signal);
      stopping.abort();
      first.end();
      expect(await second).toBe('left');
      expect(notes).toEqual([]);
      expect(await process().runExclusively(noted(notes, 'third'), NEVER)).toBe('done');
    });
  });
}
