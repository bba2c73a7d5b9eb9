import { Injectable } from '@nestjs/common';
import { Clock, type OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import { BacklogMetrics, type Backlog } from './ports/backlog-metrics.port';
import type { WebhookContext } from './ports/sync-states.port';
import { ReadRest, type SyncRest } from './queries/read-rest';
import { ReadSyncStatus, type SyncStatus } from './queries/sync-status';
import { OnPushEvents, type PushEvents } from './requests/on-push-events';

/** Offers the state of the sync to other modules, and takes what webhooks report. */
@Injectable()
export class SyncEngineService {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly pushEvents: OnPushEvents,
    private readonly reader: ReadSyncStatus,
    private readonly rest: ReadRest,
    private readonly backlogs: BacklogMetrics,
    private readonly clock: Clock,
  ) {}

  /** Returns the state that push events of these orgs are judged by. */
  webhookContext(orgs: readonly OrgId[]): Promise<ReadonlyMap<OrgId, WebhookContext>> {
    return this.pushEvents.contexts(orgs);
  }

  /** Requests pulls and returns the waiting runs. Call it in the transaction that read the orgs' context. */
  pushEventsReceived(
    orgs: ReadonlyMap<OrgId, WebhookContext>,
    events: PushEvents,
  ): Promise<ReadonlyMap<OrgId, string>> {
    return this.pushEvents.execute(orgs, events);
  }

  async status(org: OrgId): Promise<SyncStatus> {
    return this.reader.execute(org, await this.projects.target(org));
  }

  /** Returns whether the sync is at rest, without counting anything. */
  restOf(org: OrgId): Promise<SyncRest> {
    return this.rest.execute(org);
  }

  /** Returns the waiting and stuck work over all orgs. */
  backlog(): Promise<Backlog> {
    return this.backlogs.measure(this.clock.now());
  }
}
