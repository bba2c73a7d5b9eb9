import { Injectable } from '@nestjs/common';
import { ContextStore, type ContextChanged } from '@app/context-store';
import type { ConnectionChanged, ConnectionChecked, ConnectionRemoved } from '@app/credentials';
import { EventBus, EventSubscriber, type OrgId } from '@app/kernel';
import { ProjectConfigService, type TargetChanged, type TargetRemoved } from '@app/project-config';
import { hasSomethingToPush, hasToWithdraw } from '../application/requests/has-something-to-push';
import { RequestRun } from '../application/requests/request-run';
import { WakeQueue } from '../application/ports/wake-queue.port';
import { SyncStates } from '../application/ports/sync-states.port';

/** Requests runs for the events of other modules. The sweeper and polling make up for missed events. */
@Injectable()
export class ReactToChanges extends EventSubscriber {
  constructor(
    private readonly events: EventBus,
    private readonly projects: ProjectConfigService,
    private readonly store: ContextStore,
    private readonly states: SyncStates,
    private readonly request: RequestRun,
    private readonly wakeQueue: WakeQueue,
  ) {
    super();
  }

  protected subscribe(): readonly (() => void)[] {
    return [
      this.events.on<ContextChanged>('context.changed.v1', (event) => this.pushEdits(event)),
      this.events.on<TargetChanged>('target.changed.v1', (event) => this.followTarget(event)),
      this.events.on<TargetRemoved>('target.removed.v1', ({ org }) => this.wakeQueue.wake(org)),
      this.events.on<ConnectionRemoved>('connection.removed.v1', ({ org }) => this.wakeQueue.wake(org)),
      this.events.on<ConnectionChanged>('connection.changed.v1', ({ org }) => this.request.resume(org)),
      this.events.on<ConnectionChecked>('connection.checked.v1', async ({ org, ok }) => {
        if (ok) await this.request.resume(org);
      }),
    ];
  }

  private async pushEdits({ org, origin }: ContextChanged): Promise<void> {
    if (origin === 'gitlab') return;
    if ((await this.projects.target(org))?.autoSync) await this.request.execute(org, 'push', 'auto');
  }

  private async followTarget({ org, what }: TargetChanged): Promise<void> {
    await this.request.resume(org);
    if (what !== 'settings') {
      await this.request.execute(org, 'initial', 'configure');
    } else if (await this.mayPushNow(org)) {
      await this.request.execute(org, 'push', 'auto');
    }
  }

  private async mayPushNow(org: OrgId): Promise<boolean> {
    const target = await this.projects.target(org);
    if (!target?.autoSync) return false;
    const state = await this.states.load(org);
    return hasToWithdraw(state, target) || hasSomethingToPush(state, this.store);
  }
}
