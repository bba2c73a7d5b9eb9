import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { BranchNotFound, type GitLab } from '@app/gitlab';
import { Clock, EventBus, Transactions } from '@app/kernel';
import type { SyncTarget } from '@app/project-config';
import type { WebhookSilent } from '../../domain/events';
import { isFullComparisonDue } from '../../domain/full-comparison';
import type { SyncState } from '../../domain/sync-state';
import { SyncEngineSettings } from '../sync-engine.settings';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates, type Lease } from '../ports/sync-states.port';

/** Nothing waits to be tried again: what failed last was cancelled by a person. */
const NO_FAILURE = { failure: null, failures: 0, nextAttemptAt: null } as const;

/** How much rarer an org is polled whose webhook is heard. */
const HEALTHY = 10;

/** Heals what no signal told: asks GitLab for the head, in one cheap call, and the store for changes that wait. */
@Injectable()
export class PollOrg {
  constructor(
    private readonly states: SyncStates,
    private readonly runs: SyncRuns,
    private readonly store: ContextStore,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly settings: SyncEngineSettings,
  ) {}

  /** When to look next; jittered, so that orgs do not come all at once. Null where polling is off. */
  nextPollAt({ webhookSeenAt }: SyncState): Date | null {
    const { pollSeconds, random } = this.settings;
    if (pollSeconds === 0) return null;
    const seconds = pollSeconds * (webhookSeenAt ? HEALTHY : 1) * (0.8 + 0.4 * random());
    return new Date(this.clock.now().getTime() + seconds * 1000);
  }

  /** True where it found work and queued it. */
  async execute(lease: Lease, state: SyncState, target: SyncTarget, gitlab: GitLab): Promise<boolean> {
    const { org } = lease;
    const now = this.clock.now();
    const head = await this.headOf(gitlab, target, state);
    const moved = head !== state.baseCommit;
    const pull = target.autoPull && (moved || isFullComparisonDue(state, now));
    const push = target.autoSync && !state.blocked && (await this.hasSomethingToPush(state));
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      if (pull) await this.runs.request(org, 'pull', 'poll', now);
      if (push) await this.runs.request(org, 'push', 'poll', now);
      const seen = pull && moved ? { webhookSeenAt: null } : {};
      if (pull && moved && state.webhookSeenAt) {
        const event: WebhookSilent = { name: 'webhook.silent.v1', org };
        this.transactions.afterCommit(() => this.events.publish(event));
      }
      await this.states.save(org, {
        ...seen,
        ...NO_FAILURE,
        nextPollAt: this.nextPollAt({ ...state, ...seen }),
      });
    });
    return pull || push;
  }

  /** Null while a repository that was empty still is. */
  private async headOf(
    gitlab: GitLab,
    { projectId, branch }: SyncTarget,
    { baseCommit }: SyncState,
  ): Promise<string | null> {
    try {
      return (await gitlab.branch(projectId, branch)).head.id;
    } catch (error) {
      if (error instanceof BranchNotFound && baseCommit === null) return null;
      throw error;
    }
  }

  /** Changes made in Dot, or files that no pending change carries. */
  private async hasSomethingToPush({ org, snapshotDue, pushedRevision }: SyncState): Promise<boolean> {
    return snapshotDue || (await this.store.countMadeInDotAfter(org, pushedRevision)) > 0;
  }
}
