interface Waiting {
  readonly begin: () => void;
}

interface Standing {
  running: number;
  readonly waiting: Set<Waiting>;
}

/**
 * Limits the number of running tasks. Orgs take turns. An org takes another slot only while it has less than a quarter of
 * the free ones: its slow tasks never block the next org.
 */
export class FairSlots {
  /** Orgs in the order of their turns. */
  private readonly orgs = new Map<string, Standing>();
  private running = 0;

  constructor(private readonly slots: number) {}

  /** Runs the task in its turn. @throws the signal's reason if it aborts before */
  async run<T>(org: string, signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
    await this.enter(org, signal);
    try {
      return await task();
    } finally {
      this.leave(org);
    }
  }

  private enter(org: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const standing = this.standingOf(org);
      const giveUp = () => {
        standing.waiting.delete(waiting);
        this.forgetIdle(org);
        reject(signal?.reason);
      };
      const waiting: Waiting = {
        begin: () => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      standing.waiting.add(waiting);
      this.beginNext();
    });
  }

  private leave(org: string): void {
    this.running--;
    this.standingOf(org).running--;
    this.forgetIdle(org);
    this.beginNext();
  }

  private beginNext(): void {
    for (let next = this.next(); next; next = this.next()) {
      const [org, standing] = next;
      const [first] = standing.waiting;
      standing.waiting.delete(first);
      standing.running++;
      this.running++;
      this.orgs.delete(org);
      this.orgs.set(org, standing);
      first.begin();
    }
  }

  private next(): [string, Standing] | undefined {
    const free = this.slots - this.running;
    if (!free) return undefined;
    for (const turn of this.orgs) if (turn[1].waiting.size && turn[1].running < free / 4) return turn;
    return undefined;
  }

  private standingOf(org: string): Standing {
    const known = this.orgs.get(org);
    if (known) return known;
    const standing: Standing = { running: 0, waiting: new Set() };
    this.orgs.set(org, standing);
    return standing;
  }

  private forgetIdle(org: string): void {
    const standing = this.orgs.get(org);
    if (standing && !standing.running && !standing.waiting.size) this.orgs.delete(org);
  }
}
