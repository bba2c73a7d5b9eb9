import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { Clock, repeat, type OrgId } from '@app/kernel';
import { ProjectConfigService, type SyncTarget } from '@app/project-config';
import { comparedAs } from '../domain/sync-state';
import { RequestRun } from '../application/request-run';
import { Ring } from '../application/ring.port';
import { SyncEngineSettings } from '../application/sync-engine.settings';
import { SyncStates } from '../application/sync-states.port';

const BATCH = 500;

/** Rings for orgs whose signal was lost, whose worker died, or whose poll is due; at start, for what was announced to nobody. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('sweeper');
  private readonly stopping = new AbortController();
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly states: SyncStates,
    private readonly projects: ProjectConfigService,
    private readonly store: ContextStore,
    private readonly request: RequestRun,
    private readonly ring: Ring,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.sweepMs > 0) this.sweeping = this.sweep();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.sweeping;
  }

  /** Rings for every org that may do something now; how many. */
  async sweepOnce(): Promise<number> {
    const due = await this.states.due(this.clock.now(), BATCH);
    for (const org of due) this.ring.ring(org);
    return due.length;
  }

  /** Wants the runs whose events were lost with the process that was to hear them. */
  async catchUp(): Promise<void> {
    for (let after: OrgId | null = null; ;) {
      const { targets, next } = await this.projects.targetsAfter(after, BATCH);
      for (const target of targets) await this.catchUpWith(target);
      if (next === null || this.stopping.signal.aborted) return;
      after = next;
    }
  }

  private async sweep(): Promise<void> {
    const told = (error: unknown) => this.logger.error({ err: error }, 'sweep failed; the next one comes');
    await this.catchUp().catch(told);
    await repeat(this.clock, this.settings.sweepMs, this.stopping.signal, () => this.sweepOnce(), told);
  }

  private async catchUpWith({ org, id, scope, autoSync }: SyncTarget): Promise<void> {
    const state = await this.states.load(org);
    if (state.targetId !== id || (!comparedAs(state, scope) && !state.blocked)) {
      await this.request.execute(org, 'initial', 'configure');
    } else if (
      autoSync &&
      !state.blocked &&
      (state.shipmentDue || (await this.store.countMadeInDotAfter(org, state.pushedRevision)) > 0)
    ) {
      await this.request.execute(org, 'push', 'auto');
    }
  }
}
