import type { ServiceProcess } from '../../support/service-process';
import { ask } from '../webhooks/ask';

/** A process that syncs. */
export class Worker {
  constructor(
    readonly process: ServiceProcess,
    private readonly url: string,
  ) {}

  /** Returns the CPU time used so far, by its own account. */
  async cpuMs(): Promise<number> {
    const metrics = await ask(`${this.url}/metrics`);
    const [, seconds] = /^process_cpu_seconds_total (\S+)/m.exec(metrics)!;
    return Number(seconds) * 1000;
  }
}
