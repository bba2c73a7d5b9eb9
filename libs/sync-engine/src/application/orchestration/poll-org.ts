import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { BranchNotFound, MergeRequestNotFound, type GitLab } from '@app/gitlab';
import { Clock, DomainError, EventBus, Transactions } from '@app/kernel';
import type { OpenTarget, SyncTarget } from '@app/project-config';
import type { WebhookSilent } from '../../domain/events';
import { isFullComparisonDue } from '../../domain/full-comparison';
import { decideRetry } from '../../domain/retry-policy';
import { retryWaitMs } from '../../domain/back-off';
import { blockedToo } from '../../domain/blocked';
import type { SyncState } from '../../domain/sync-state';
import { hasSomethingToPush, hasToWithdraw } from '../requests/has-something-to-push';
import { statusOf } from '../work-branch/merge-request-status';
import { toSyncError } from './to-sync-error';
import { SyncEngineSettings } from '../sync-engine.settings';
import { SyncRuns } from '../ports/sync-runs.port';
import { SyncStates, type Lease } from '../ports/sync-states.port';

/** State with nothing to retry: a person cancelled the run that failed last. */
const NO_FAILURE = { failure: null, failures: 0, nextAttemptAt: null } as const;

/** Factor by which polling slows down while webhooks arrive. */
const HEALTHY = 10;

/** Finds changes for which no event arrived: reads GitLab's head in one cheap call, and the store's pending changes. */
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

  /** Returns the time of the next poll, jittered to spread the orgs. Null if polling is off. */
  nextPollAt({ webhookSeenAt }: SyncState): Date | null {
    const { pollSeconds, random } = this.settings;
    if (pollSeconds === 0) return null;
    const seconds = pollSeconds * (webhookSeenAt ? HEALTHY : 1) * (0.8 + 0.4 * random());
    return new Date(this.clock.now().getTime() + seconds * 1000);
  }

  /** Asks GitLab and the store if it is time, and the first sync is over; queues the work it finds. */
  async pollIfDue(lease: Lease, state: SyncState, { target, gitlab }: OpenTarget): Promise<void> {
    const { directories, nextPollAt } = state;
    if (directories === null || nextPollAt === null || nextPollAt > this.clock.now()) return;
    try {
      await this.poll(lease, state, target, gitlab);
    } catch (error) {
      await this.pollFailed(lease, state, target.branch, error);
    }
  }

  private async poll(lease: Lease, state: SyncState, target: SyncTarget, gitlab: GitLab): Promise<void> {
    const { org } = lease;
    const now = this.clock.now();
    const head = await this.headOf(gitlab, target, state);
    const moved = head !== state.baseCommit;
    const reviewed = await this.hasNewsOfProposal(gitlab, target, state);
    const doubted = [state, state.proposal?.cycle].some((of) => of && isFullComparisonDue(of, now));
    const unasked = state.question?.runId === null;
    const pull = target.autoPull && (moved || reviewed || doubted || unasked);
    const withdraws = hasToWithdraw(state, target);
    const waits = withdraws || (await hasSomethingToPush(state, this.store));
    const push = target.autoSync && !state.blocked && waits;
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      if (pull) await this.runs.request(org, 'pull', 'poll', now);
      if (push) await this.runs.request(org, 'push', 'poll', now);
      const seen = pull && moved ? { webhookSeenAt: null } : {};
      if (pull && moved && state.webhookSeenAt) {
        const event: WebhookSilent = { name: 'webhook.silent.v1', org };
        await this.events.publishAfter(this.transactions, event);
      }
      await this.states.save(org, {
        ...seen,
        ...NO_FAILURE,
        nextPollAt: this.nextPollAt({ ...state, ...seen }),
      });
    });
  }

  /** Checks whether the work branch moved, or a person decided about its merge request. */
  private async hasNewsOfProposal(gitlab: GitLab, target: SyncTarget, state: SyncState): Promise<boolean> {
    const { cycle, mergeRequest } = state.proposal ?? {};
    if (!cycle?.exists) return false;
    try {
      const { head } = await gitlab.branch(target.projectId, cycle.branch);
      if (head.id !== cycle.head) return true;
      if (!mergeRequest || mergeRequest.state === 'merged') return false;
      const seen = statusOf(await gitlab.mergeRequest(target, mergeRequest.iid), target.branch, mergeRequest);
      return seen.state !== mergeRequest.state || seen.conflict !== mergeRequest.conflict;
    } catch (error) {
      if (error instanceof BranchNotFound || error instanceof MergeRequestNotFound) return true;
      throw error;
    }
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

  private async pollFailed(lease: Lease, state: SyncState, branch: string, thrown: unknown): Promise<void> {
    const { org } = lease;
    const error = toSyncError(thrown, branch);
    if (!(error instanceof DomainError)) throw error;
    const decision = decideRetry(error, state.failures);
    const now = this.clock.now();
    await this.transactions.run(async () => {
      await this.states.hold(lease, this.settings.leaseMs);
      if (decision.kind === 'block') {
        const { code, detail, scope } = decision;
        const stop = { code, detail, scope, kinds: ['pull'] as const };
        return this.states.save(org, { blocked: blockedToo(state, stop, now, this.settings.random()) });
      }
      const backOff = retryWaitMs(state.failures + 1, 1, error.retryAfterMs);
      const wait = Math.max(this.settings.pollSeconds * 1000, backOff);
      return this.states.save(org, { nextPollAt: new Date(now.getTime() + wait) });
    });
  }
}
