/**
 * Lets one process at a time catch up, because each looks at every org. A process that finds one waiting already leaves it to
 * that one, which will see whatever it would see itself: however many start together, two of them look.
 */
export abstract class SingleRunner {
  /** Does `work` when its turn comes; returns `left` if another process will, or `stopping` came first. */
  abstract runExclusively(work: () => Promise<void>, stopping: AbortSignal): Promise<'done' | 'left'>;
}
