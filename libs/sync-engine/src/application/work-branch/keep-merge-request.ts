import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { MergeRequestExists, type MergeRequest } from '@app/gitlab';
import { EventBus, Transactions } from '@app/kernel';
import type { MergeRequestOpened } from '../../domain/events';
import { isOpen, type MergeRequestStatus } from '../../domain/merge-request';
import { MergeRequestRetargeted } from '../../domain/sync.errors';
import type { SyncPass } from '../pass/sync-pass';
import { statusOf } from './merge-request-status';
import { digestOf, isMarked, MARK, textOf, type MergeRequestText } from './merge-request-text';
import { isOutdatedNo } from './proposed-changes';
import { after } from './watch-merge-request';
import { ReadWorkStatus } from './work-status';

/** Keeps one merge request open while the work branch differs from the target. */
@Injectable()
export class KeepMergeRequest {
  constructor(
    private readonly status: ReadWorkStatus,
    private readonly store: ContextStore,
    private readonly transactions: Transactions,
    private readonly events: EventBus,
  ) {}

  /** Opens it, or writes its texts if they changed. @throws MergeRequestRetargeted, MergeRequestsDisabled */
  async execute(pass: SyncPass): Promise<void> {
    const { proposal, target } = pass;
    if (!proposal?.cycle?.exists || proposal.refusal) return;
    const { proposed } = await this.status.execute(pass);
    if (!proposed.length) return;
    const { branch } = proposal.cycle;
    const { newest, ...text } = await textOf(pass, this.store, proposed);
    const known = proposal.mergeRequest;
    const open = known && isOpen(known) && known.branch === branch ? known : null;
    const written = digestOf(text);
    if (open?.state === 'retargeted') throw new MergeRequestRetargeted(open.iid, target.branch);
    if (open?.written === written) return;
    pass.requireFreshLease();
    const answered = open ? await this.write(pass, open, text) : await this.create(pass, branch, text);
    const { request, ours } = isOutdatedNo(answered.request, newest)
      ? await this.create(pass, branch, text)
      : answered;
    const isElsewhere = request.target !== target.branch;
    const seen = statusOf(request, target.branch, {
      ...{ changes: proposed.length, ours, written: isElsewhere ? null : written },
    });
    await pass.checkpoint(async () => {
      if (open?.iid !== seen.iid && seen.state === 'opened') await this.announce(pass, seen);
      return { state: { proposal: after(pass, seen) } };
    });
    if (seen.state === 'retargeted') throw new MergeRequestRetargeted(seen.iid, target.branch);
  }

  /** Closes the open one if it is ours, because nothing differs any more. */
  async close(pass: SyncPass): Promise<void> {
    const { proposal, gitlab, target } = pass;
    const known = proposal?.mergeRequest;
    if (!known || !isOpen(known) || !known.ours) return;
    pass.requireFreshLease();
    const seen = statusOf(await gitlab.closeMergeRequest(target, known.iid), target.branch, known);
    await pass.checkpoint(() => ({
      state: { proposal: { ...pass.proposal!, mergeRequest: { ...seen, changes: 0 } } },
    }));
  }

  private async announce(
    { org, run }: SyncPass,
    { iid, title, webUrl, changes }: MergeRequestStatus,
  ): Promise<void> {
    const event: MergeRequestOpened = {
      ...{ name: 'merge_request.opened.v1', org, runId: run.id },
      ...{ iid, title, webUrl, changes },
    };
    await this.events.publishAfter(this.transactions, event);
  }

  /** One that a person opened stays that person's: it gets no mark. */
  private async write(
    { gitlab, target }: SyncPass,
    { iid, ours }: Pick<MergeRequestStatus, 'iid' | 'ours'>,
    { title, description }: MergeRequestText,
  ): Promise<Kept> {
    const text = { title, description: ours ? description : description.replace(MARK, '').trimStart() };
    return { request: await gitlab.updateMergeRequest(target, iid, text), ours };
  }

  /**
   * Finds it before it creates it, and after GitLab refused a second one: an answer may be lost, and two workers may
   * meet. Writes the texts of one that is found, unless a person has aimed it elsewhere.
   */
  private async create(pass: SyncPass, branch: string, text: MergeRequestText): Promise<Kept> {
    const { gitlab, target } = pass;
    const found = await this.keepOne(pass, branch);
    if (found?.isElsewhere) return { request: await gitlab.mergeRequest(target, found.iid), ours: true };
    if (found) return this.write(pass, found, text);
    try {
      const request = await gitlab.createMergeRequest(target, {
        ...{ source: branch, target: target.branch, ...text, removeSourceBranch: true },
      });
      return { request, ours: true };
    } catch (error) {
      if (!(error instanceof MergeRequestExists)) throw error;
      const other = await this.keepOne(pass, branch);
      if (!other) throw error;
      return this.write(pass, other, text);
    }
  }

  /**
   * Returns the open one to keep, if there is one. Closes each other one of Dot's: a person aimed it elsewhere before Dot knew
   * of it.
   */
  private async keepOne(pass: SyncPass, source: string) {
    const { gitlab, target } = pass;
    const open = await gitlab.findMergeRequests(target, { source, state: 'opened' });
    const found = open.find(({ target: branch }) => branch === target.branch) ?? open.find(isMarked);
    for (const other of open) {
      if (other === found || !isMarked(other)) continue;
      pass.requireFreshLease();
      await gitlab.closeMergeRequest(target, other.iid);
    }
    return found && { iid: found.iid, ours: isMarked(found), isElsewhere: found.target !== target.branch };
  }
}

interface Kept {
  readonly request: MergeRequest;
  /** True if Dot opened it. */
  readonly ours: boolean;
}
