import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceProcess } from '../support/service-process';

/** Lifetimes of working processes, in milliseconds. */
const LIFE = { shortest: 50, longest: 900 };
/** Percentage of processes that are killed while they start. */
const STILLBORN = 5;

/** Workers that are killed at random moments and replaced, several at a time. */
export class Workers {
  private alive: ServiceProcess[] = [];
  kills = 0;

  constructor(
    private readonly start: () => ServiceProcess,
    /** Resolves at a moment that is worth dying at. */
    private readonly moment: () => Promise<unknown>,
  ) {}

  /** Resolves when so many are at work. */
  async begin(count: number): Promise<void> {
    this.alive = Array.from({ length: count }, () => this.start());
    await this.ready();
  }

  /** Resolves after so many kills, when as many are at work as before. */
  async suffer(kills: number): Promise<void> {
    const until = this.kills + kills;
    let doomed = this.kills;
    const suffer = async (_: ServiceProcess, place: number) => {
      while (doomed++ < until) {
        const worker = this.alive[place];
        await this.untilDoom(worker);
        await worker.kill();
        this.kills++;
        this.alive[place] = this.start();
      }
    };
    await Promise.all(this.alive.map(suffer));
    await this.ready();
  }

  async killAll(): Promise<void> {
    await Promise.all(this.alive.map((worker) => worker.kill()));
  }

  private async ready(): Promise<void> {
    await Promise.all(this.alive.map((worker) => worker.ready()));
  }

  private async untilDoom(worker: ServiceProcess): Promise<void> {
    if (Math.random() * 100 < STILLBORN) return pause(Math.random() * 500);
    await worker.ready();
    await pause(LIFE.shortest + Math.random() * (LIFE.longest - LIFE.shortest));
    if (Math.random() < 0.5) await this.moment();
  }
}
