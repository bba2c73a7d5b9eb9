import type { MergeRequest, Push } from '@app/fake-gitlab';
import { NO_COMMIT } from '@app/fake-gitlab';
import type { SyncState } from '@app/sync-engine/testing';
import { PROJECT, type World } from '../world/world';

/** A person's refusal of everything that had been proposed by then. */
interface No {
  readonly iid: number;
  readonly revision: number;
  readonly targetId: string | null;
  readonly at: Date;
}

const DOT = 'ada';

/** Watches the merge requests of Dot: at most one is open, and none is opened again after a person's no. */
export class ReviewAudit {
  /** Lists those that GitLab closed because their branch was deleted. */
  readonly deleted = new Set<number>();
  private readonly opened = new Map<number, { readonly targetId: string | null }>();
  /** Lists those that Dot left. They are a person's if they are open again (decision 44). */
  private readonly left = new Set<number>();
  /**
   * Lists those that a process opened without the lease, which nothing can prevent. Such a one is found as long as its branch is in use
   * (decision 44), and breaks no refusal.
   */
  private readonly strays = new Set<number>();
  private no: No | null = null;
  private state: SyncState | null = null;
  /** The newest change that was proposed to the present target. */
  private proposed = 0;

  constructor(private readonly world: World) {
    const { mergeRequests, clock } = world.gitlab;
    mergeRequests.onEvent(({ mergeRequest, action, user }) => {
      if (mergeRequest.author.username !== DOT) return;
      const { iid } = mergeRequest;
      const isStray = action === 'open' && world.outdated;
      if (isStray) this.strays.add(iid);
      if (isStray || (action === 'close' && user.username === DOT)) this.left.add(iid);
      else if (action === 'close') this.closed(mergeRequest, clock.now());
      if (action === 'reopen') this.reopened(iid);
    });
  }

  /** Returns the open merge requests that Dot holds, for the present target. */
  held(): MergeRequest[] {
    return [...this.requests].filter(
      ({ iid, state }) =>
        (state === 'opened' || state === 'locked') &&
        this.opened.get(iid)?.targetId === this.state?.targetId &&
        !this.left.has(iid),
    );
  }

  /** Judges a push of Dot's. */
  judge({ project, branch, before, after, wasEmpty }: Push, base: string | null): void {
    const { failures, stage, publishing } = this.world;
    const { history } = project.repository;
    if (after === NO_COMMIT) return void failures.push(`Dot deleted ${branch}`);
    if (before !== NO_COMMIT && !history.ancestors([after]).has(before))
      failures.push(`Dot moved ${branch} by force from ${before} to ${after}`);
    const actor = stage.scene?.actor;
    const proposes = actor !== undefined && publishing.get(actor) === 'merge_request';
    if (proposes && isConfigured(branch) && !wasEmpty && base !== null)
      failures.push(`Dot pushed to ${branch}, which only a merge may change`);
  }

  async look(state: SyncState): Promise<void> {
    const { world } = this;
    const former = this.state;
    this.state = state;
    if (former?.targetId !== state.targetId) [this.proposed, this.no] = [0, null];
    this.proposed = Math.max(this.proposed, state.proposal ? state.pushedRevision : 0);
    if (!state.proposal || state.proposal.landedRevision >= (this.no?.revision ?? Infinity)) this.no = null;
    this.leaveHidden(state);
    for (const { iid, author } of this.requests) {
      if (this.opened.has(iid)) continue;
      this.opened.set(iid, { targetId: state.targetId });
      if (author.username !== DOT) this.left.add(iid);
      else if (this.no && !this.strays.has(iid) && !(await this.mayAskAgain(this.no)))
        world.failures.push(`!${iid} was opened after the no to !${this.no.iid}`);
    }
    const held = this.held();
    if (held.length > 1)
      world.failures.push(`Dot holds ${held.map(({ iid }) => `!${iid}`).join(' and ')} open`);
  }

  private get requests(): Iterable<MergeRequest> {
    return this.world.gitlab.project(PROJECT).mergeRequests.values();
  }

  private closed({ iid, source, project }: MergeRequest, at: Date): void {
    if (!project.repository.branches.has(source)) this.deleted.add(iid);
    // Dot has begun the next one, or does not know this one yet: the next one shows the same changes (decision 44).
    const isKnown = this.state?.proposal?.mergeRequest?.iid === iid;
    if (isKnown && this.state?.proposal?.superseded?.branch !== source)
      this.no = { iid, at, revision: this.proposed, targetId: this.state?.targetId ?? null };
  }

  private reopened(iid: number): void {
    this.deleted.delete(iid);
    if (this.no?.iid === iid) this.no = null;
    this.left.add(iid);
  }

  /** Counts those as left that Dot leaves while merge requests are switched off: no request can close one then. */
  private leaveHidden({ proposal }: SyncState): void {
    if (this.world.gitlab.project(PROJECT).mergeRequestsEnabled) return;
    const current = proposal?.cycle && proposal.mergeRequest?.iid;
    for (const iid of this.opened.keys()) if (iid !== current) this.left.add(iid);
  }

  private async mayAskAgain({ revision, at }: No): Promise<boolean> {
    const { web, org } = this.world;
    if ((await web.store.countMadeInDotAfter(org, revision)) > 0) return true;
    const { items } = await web.engine.runs.list(org, { limit: 50 });
    return items.some(
      ({ intent, finishedAt }) => intent === 'propose' && (finishedAt === null || finishedAt >= at),
    );
  }
}

const isConfigured = (branch: string): boolean => ['main', 'next', 'trunk'].includes(branch);
