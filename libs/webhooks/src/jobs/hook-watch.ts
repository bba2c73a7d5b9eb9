import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, repeat } from '@app/kernel';
import { CheckDueHooks } from '../application/check-due-hooks';

const EVERY_MS = 60_000;

/** Looks after the hooks on GitLab in the processes that work: each hook about once an hour, by one of them. */
@Injectable()
export class HookWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('webhooks');
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();

  constructor(
    private readonly checkDueHooks: CheckDueHooks,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const told = (error: unknown) =>
      this.logger.error({ err: error }, 'hooks could not be looked after; the next look comes');
    const { signal } = this.stopping;
    this.watching = repeat(this.clock, EVERY_MS, signal, () => this.checkDueHooks.execute(signal), told);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.watching;
  }
}
