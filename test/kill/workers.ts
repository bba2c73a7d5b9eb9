import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceProcess } from '../support/service-process';

/** Lives no longer than this once it works, in milliseconds. */
const LIFE = { shortest: 50, longest: 900 };
/** So many of a hundred are killed while they start. */
const STILLBORN = 5;

/** Workers that are killed at random moments and replaced, several at a time. */
export class Workers {
  private readonly alive = new Set<ServiceProcess>();
  kills = 0;

  constructor(
    private readonly start: () => ServiceProcess,
    /** Resolves at a moment that is worth dying at. */
    private readonly moment: () => Promise<unknown>,
  ) {}

  /** Resolves after so many kills, with as many workers at work as there were at a time. */
  async suffer(kills: number, atATime: number): Promise<void> {
    let left = kills;
    const place = async () => {
      for (;;) {
        const worker = this.start();
        this.alive.add(worker);
        if (left-- <= 0) return void (await worker.ready());
        await this.untilDoom(worker);
        await worker.kill();
        this.alive.delete(worker);
        this.kills++;
      }
    };
    await Promise.all(Array.from({ length: atATime }, place));
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.alive].map((worker) => worker.kill()));
  }

  private async untilDoom(worker: ServiceProcess): Promise<void> {
    if (Math.random() * 100 < STILLBORN) return pause(Math.random() * 500);
    await worker.ready();
    await pause(LIFE.shortest + Math.random() * (LIFE.longest - LIFE.shortest));
    if (Math.random() < 0.5) await this.moment();
  }
}
