import { Injectable } from '@nestjs/common';
import { ContextStore, type Change } from '@app/context-store';
import type { Blob } from '@app/kernel';
import { baseAfterPush } from '../../domain/base-after';
import { Blockers, planCommit, type CommitPlan, type Wanted } from '../../domain/commit-plan';
import { KeptMoving } from '../../domain/sync.errors';
import { signed } from '../../domain/trailers';
import { PushGuards } from '../guards/push-guards';
import { HoldRefused } from '../guards/hold-refused';
import { seenLfsRules } from '../guards/lfs-rules';
import { checkRefusedPaths } from './check-refused-paths';
import { outgoing } from './outgoing-text';
import { PullChanges } from '../pull/pull-changes';
import { CommitOnce } from './commit-once';
import { BaseEntries } from '../ports/base-entries.port';
import type { Checkpoint, SyncPass } from '../pass/sync-pass';

const PAGE = 20;
/** Times that GitLab may move under one change before the org has to wait for its next pass. */
const TRIES = 5;

/**
 * Replays the changes made in Dot since the last push, in order. Each becomes exactly one commit, or none if it
 * changes nothing on GitLab.
 */
@Injectable()
export class PushChanges {
  constructor(
    private readonly commitOnce: CommitOnce,
    private readonly pull: PullChanges,
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly guards: PushGuards,
    private readonly holdRefused: HoldRefused,
  ) {}

  /** Returns `more` if the pass ended before the changes did. */
  async execute(pass: SyncPass): Promise<'done' | 'more'> {
    for (;;) {
      const changes = await this.store.changesAfter(pass.org, pass.state.pushedRevision, PAGE);
      if (!changes.length) return 'done';
      for (const change of changes) {
        if (pass.budgetSpent) return 'more';
        await this.push(pass, change);
      }
    }
  }

  private async push(pass: SyncPass, change: Change): Promise<void> {
    for (let moves = 0; moves < TRIES;) {
      const plan = await this.plan(pass, change);
      if (!plan.actions.length) return this.pass(pass, change, plan);
      if (plan.held.size) await pass.checkpoint(() => this.noteHeld(pass, plan));
      const inFlight = {
        id: change.id,
        changeId: change.id,
        revision: change.revision,
        agreed: [...plan.agreed],
        completes: false,
      };
      const { author, message, origin } = change;
      const source = origin === 'gitlab' ? 'api' : origin;
      const request = {
        base: pass.state.baseCommit,
        ...signed(outgoing({ authors: [author], message, id: change.id, source }), pass.target),
        actions: plan.actions,
      };
      try {
        if ((await this.commitOnce.execute(pass, inFlight, request)) === 'made') return;
        moves++;
        await checkRefusedPaths(pass, request, this.pull, this.holdRefused);
      } catch (error) {
        const held = await this.holdRefused.execute(pass, plan.actions, error);
        if (held === 'unclear') return this.leaveToSnapshot(pass, change);
      }
    }
    throw new KeptMoving();
  }

  /** GitLab refuses the commit but not the path: its files are sent in smaller commits, which shows which one is meant. */
  private async leaveToSnapshot(pass: SyncPass, { revision }: Change): Promise<void> {
    await pass.checkpoint(() => ({ state: { pushedRevision: revision, snapshotDue: true } }));
  }

  /**
   * Passes over a change with nothing to send. It came from GitLab, is out of scope, lost a conflict, or equals
   * GitLab's state.
   */
  private async pass(pass: SyncPass, change: Change, plan: CommitPlan): Promise<void> {
    await pass.checkpoint(async () => {
      await this.base.agree(pass.org, baseAfterPush(plan.agreed));
      await this.guards.releaseHeld(pass.org, [...plan.agreed.keys()]);
      const waiting = await this.guards.recordHeld(pass.state, plan.held);
      return { state: { pushedRevision: change.revision, ...waiting } };
    });
  }

  private async plan(pass: SyncPass, change: Change): Promise<CommitPlan> {
    const versions = change.versions.filter(({ op, path }) => op !== 'keep' && pass.policy.mayPush(path));
    if (!pass.sends(change) || !versions.length)
      return planCommit([], new Map(), new Blockers(new Set(), new Map()));
    const { org } = pass;
    const known = await this.base.around(
      org,
      versions.map(({ path }) => path),
    );
    const contents = await this.store.contents(
      org,
      versions.flatMap(({ blob }) => blob ?? []),
    );
    const wanted = versions
      .filter(({ path }) => (known.get(path)?.supersededUpTo ?? 0) < change.revision)
      .map(({ path, blob, from }): Wanted => ({
        path,
        from,
        content: blob === null ? null : contentOf(blob, contents),
      }));
    const lfsRules = await seenLfsRules(pass, wanted, known);
    return planCommit(wanted, known, await this.guards.blockers(org, known, wanted, lfsRules));
  }

  private async noteHeld(pass: SyncPass, { held }: CommitPlan): Promise<Checkpoint> {
    return { state: await this.guards.recordHeld(pass.state, held) };
  }
}

/** A text that is missing from the store must never be read as a deletion. */
export function contentOf(blob: Blob, contents: ReadonlyMap<Blob, Buffer>): Buffer {
  const content = contents.get(blob);
  if (!content) throw new Error(`the context store has no content for blob ${blob}`);
  return content;
}
