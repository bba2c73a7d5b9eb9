import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Scheduler } from '@app/kernel';
import { RenewExpiringTokens } from '../application/renew-expiring-tokens';

const MINUTE_MS = 60_000;

/** Lists the periodic work on tokens. */
@Injectable()
export class CredentialsSchedule implements OnApplicationBootstrap {
  constructor(
    private readonly scheduler: Scheduler,
    private readonly renewExpiringTokens: RenewExpiringTokens,
  ) {}

  onApplicationBootstrap(): void {
    this.scheduler.start([
      {
        name: 'renew expiring tokens', // and complete a rotation in progress
        everyMs: 5 * MINUTE_MS,
        runsIn: 'workers',
        run: (stopping) => this.renewExpiringTokens.execute(stopping),
      },
    ]);
  }
}
