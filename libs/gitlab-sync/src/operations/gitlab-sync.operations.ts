import { Injectable } from '@nestjs/common';
import { SyncEngineService, type Backlog } from '@app/sync-engine';
import { CheckHealth, type Health } from './check-health';
import { RotateKeys, type RotatedKeys } from './rotate-keys';

/** Serves the operators of a deployment, over all orgs. */
@Injectable()
export class GitLabSyncOperations {
  /** @internal */
  constructor(
    private readonly checkHealth: CheckHealth,
    private readonly sync: SyncEngineService,
    private readonly keys: RotateKeys,
  ) {}

  /** Checks the database, Redis and row-level security, for a readiness probe. */
  health(): Promise<Health> {
    return this.checkHealth.execute();
  }

  /** Turns `health` to `unready` for the rest of this process, so that load balancers send new requests to others. */
  leaveService(): void {
    this.checkHealth.stop();
  }

  /** Returns the waiting and stuck work of all processes. */
  backlog(): Promise<Backlog> {
    return this.sync.backlog();
  }

  /** Wraps every stored secret with the first key. If none failed, the former keys can be removed. */
  rotateKeys(): Promise<RotatedKeys> {
    return this.keys.execute();
  }
}
