import { Injectable, Logger } from '@nestjs/common';
import { createHash, randomUUID } from 'node:crypto';
import { Clock, Transactions, type OrgId } from '@app/kernel';
import { ProjectConfigService } from '@app/project-config';
import type { Arrival, Ignored } from '../domain/delivery';
import { commitOf, irrelevance, type PushHint } from '../domain/push-hint';
import { Deliveries } from './deliveries.port';
import { SyncSignal } from './sync-signal.port';

export interface ProvenDelivery {
  readonly org: OrgId;
  readonly event: string | null;
  readonly key: string | null;
  readonly hint: PushHint;
}

export type Receipt =
  { readonly status: 'accepted' } | { readonly status: 'ignored'; readonly reason: Ignored | 'unavailable' };

/** What becomes of a delivery that GitLab surely sent: a look at the branch, asked for in the transaction that logs it. */
@Injectable()
export class RecordDelivery {
  private readonly logger = new Logger('webhooks');

  constructor(
    private readonly projects: ProjectConfigService,
    private readonly sync: SyncSignal,
    private readonly deliveries: Deliveries,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Never fails: GitLab disables hooks that answer with errors, while a look not taken now is taken by polling. */
  async execute(delivery: ProvenDelivery): Promise<Receipt> {
    try {
      return await this.transactions.run(() => this.record(delivery));
    } catch (error) {
      this.logger.error({ err: error, org: delivery.org }, 'a delivery could not be recorded');
      return { status: 'ignored', reason: 'unavailable' };
    }
  }

  private async record({ org, event, key, hint }: ProvenDelivery): Promise<Receipt> {
    const arrival = { id: randomUUID(), org, at: this.clock.now(), event, commit: commitOf(hint) };
    const reason = await this.reasonToIgnore(org, event, hint);
    if (reason === 'own_commit') await this.sync.heard(org);
    if (reason) return this.ignore(arrival, reason);

    const accepted = { ...arrival, outcome: 'accepted', reason: null, runId: null } as const;
    if (key === null) await this.deliveries.add(accepted);
    else if ((await this.deliveries.addOnce(accepted, digest(key))) === 'repeated') {
      return this.ignore(arrival, 'duplicate');
    }
    const runId = await this.sync.lookNow(org);
    if (runId) await this.deliveries.noteRun(org, accepted.id, runId);
    return { status: 'accepted' };
  }

  private async reasonToIgnore(org: OrgId, event: string | null, hint: PushHint): Promise<Ignored | null> {
    const target = await this.projects.target(org);
    if (!target) return 'not_configured';
    const { projectId, branch, autoPull } = target;
    const reason = irrelevance(event, hint, {
      projectId,
      branch,
      baseCommit: await this.sync.baseCommit(org),
    });
    return reason ?? (autoPull ? null : 'auto_pull_off');
  }

  private async ignore(arrival: Arrival, reason: Ignored): Promise<Receipt> {
    await this.deliveries.add({ ...arrival, outcome: 'ignored', reason, runId: null });
    return { status: 'ignored', reason };
  }
}

/** Bounded, whatever the header holds. */
function digest(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
