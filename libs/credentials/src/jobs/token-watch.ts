import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, repeat } from '@app/kernel';
import { CareForTokens } from '../application/care-for-tokens';

const EVERY_MS = 300_000;

/** Looks after tokens about to expire in the processes that work, from their start on. */
@Injectable()
export class TokenWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('credentials');
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();

  constructor(
    private readonly careForTokens: CareForTokens,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    const told = (error: unknown) =>
      this.logger.error({ err: error }, 'tokens could not be looked after; the next look comes');
    const { signal } = this.stopping;
    this.watching = repeat(this.clock, EVERY_MS, signal, () => this.careForTokens.execute(signal), told);
  }

  /** A rotation under way is brought to its end. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.watching;
  }
}
