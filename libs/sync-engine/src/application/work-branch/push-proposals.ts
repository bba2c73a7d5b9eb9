import { Inject, Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { BranchExists, CommitUnknown } from '@app/gitlab';
import { KeptMoving } from '../../domain/sync.errors';
import { changeTrailer } from '../../domain/trailers';
import { onWorkBranch } from '../pass/branch-view';
import type { SyncPass } from '../pass/sync-pass';
import { PushChanges } from '../push/push-changes';
import { pushEverything } from '../push/push-everything';
import { PushSnapshot } from '../push/push-snapshot';
import { BeginCycle } from './begin-cycle';
import { unlessGone } from './branch-lost';
import { leaving } from './leave-superseded';
import { onWork } from './on-work-branch';
import { PrepareCycle } from './prepare-cycle';
import { PublishCycle } from './publish-cycle';
import { PullWorkBranch } from './pull-work-branch';

/** Times that the work branch may be lost, or replaced, before the org has to wait for its next pass. */
const TRIES = 5;

/** Pushes Dot's changes to the work branch, and keeps the merge request. */
@Injectable()
export class PushProposals {
  constructor(
    private readonly prepare: PrepareCycle,
    private readonly begin: BeginCycle,
    private readonly publish: PublishCycle,
    private readonly pullWork: PullWorkBranch,
    @Inject(onWork(PushChanges)) private readonly changes: PushChanges,
    @Inject(onWork(PushSnapshot)) private readonly snapshot: PushSnapshot,
    private readonly store: ContextStore,
  ) {}

  /** Returns `more` if the pass ended before the work did. */
  async execute(pass: SyncPass): Promise<'done' | 'more'> {
    pass.expect(await this.store.countMadeInDotAfter(pass.org, pass.state.pushedRevision));
    for (let tries = 0; tries < TRIES; tries++) {
      if ((await this.prepare.execute(pass)) === 'nothing') return 'done';
      const sent = await this.send(pass);
      if (sent === 'more') return 'more';
      if (sent === 'done' && (await this.publish.execute(pass)) === 'done') return 'done';
    }
    throw new KeptMoving();
  }

  private async send(pass: SyncPass): Promise<'done' | 'more' | 'lost'> {
    const work = pass.on(onWorkBranch);
    try {
      const sent = await unlessGone(work, () => pushEverything(work, this.changes, this.snapshot));
      if (sent) return sent;
    } catch (error) {
      if (!(await this.startsElsewhere(pass, error))) throw error;
      return 'lost';
    }
    const isUnknown = pass.sentElsewhere !== null;
    const { exists } = pass.proposal!.cycle!;
    await this.pullWork.lost(pass);
    // Whether the commit that creates the branch arrives is not known yet.
    if (!exists && isUnknown) throw new KeptMoving();
    if (!exists) await this.startAnew(pass);
    return 'lost';
  }

  /** Handles the refusal to create the branch. Returns false if the error means something else. */
  private async startsElsewhere(pass: SyncPass, error: unknown): Promise<boolean> {
    const { exists } = pass.proposal!.cycle!;
    // People rewrote the target's history, and Git forgot the commit to start from.
    if (error instanceof CommitUnknown && !exists) await this.startAnew(pass);
    else if (error instanceof BranchExists) await this.adoptOrRename(pass);
    else return false;
    return true;
  }

  /** Compares the whole target before the next start: GitLab refused the first commit, so a comparison left something out. */
  private async startAnew(pass: SyncPass): Promise<void> {
    await pass.checkpoint(() => ({ state: { ...leaving(pass), compareAllAt: new Date(0) } }));
  }

  /** The branch exists: by a commit of ours whose answer was lost, or by somebody else, who keeps it. */
  private async adoptOrRename(pass: SyncPass): Promise<void> {
    const { cycle } = pass.proposal!;
    const { repo } = pass.on(onWorkBranch);
    const own = cycle?.first && (await pass.gitlab.findCommit(repo, cycle.start, changeTrailer(cycle.first)));
    if (!own) return this.begin.execute(pass);
    await pass.checkpoint(() => ({
      state: { proposal: { ...pass.proposal!, cycle: cycle && { ...cycle, exists: true } } },
    }));
    await this.pullWork.execute(pass);
  }
}
