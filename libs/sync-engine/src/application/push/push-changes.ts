import { Injectable } from '@nestjs/common';
import { ContextStore, type Change } from '@app/context-store';
import { allSettledOrThrow, type Blob } from '@app/kernel';
import { baseAfterPush } from '../../domain/base-after';
import { Blockers, planCommit, type CommitPlan, type Wanted } from '../../domain/commit-plan';
import { independent } from '../../domain/independent-paths';
import type { InFlight } from '../../domain/sync-state';
import { KeptMoving } from '../../domain/sync.errors';
import { signed } from '../../domain/trailers';
import { PushGuards } from '../guards/push-guards';
import { seenLfsRules } from '../guards/lfs-rules';
import { outgoing } from './outgoing-text';
import { CommitOrHold, MOST_MOVES } from './commit-or-hold';
import { BaseEntries } from '../ports/base-entries.port';
import { BUDGET } from '../pass/pass-record';
import type { Checkpoint, SyncPass } from '../pass/sync-pass';

/** One more than a pass commits: its end needs no second page, which the next pass would read again. */
const PAGE = BUDGET.commits + 1;

/**
 * Replays the changes made in Dot since the last push, in order. Each becomes exactly one commit, or none if it
 * changes nothing on GitLab.
 */
@Injectable()
export class PushChanges {
  constructor(
    private readonly commits: CommitOrHold,
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly guards: PushGuards,
  ) {}

  /** Returns `more` if the pass ended before the changes did. */
  async execute(pass: SyncPass): Promise<'done' | 'more'> {
    for (;;) {
      const changes = await this.store.changesAfter(pass.org, pass.state.pushedRevision, PAGE);
      if (!changes.length) return 'done';
      let prepared: CommitPlan | null = null;
      for (const [at, change] of changes.entries()) {
        // Without this record the plan may be out of date.
        const ready = pass.state.inFlight?.id === change.id ? prepared : null;
        if (!ready && pass.budgetSpent) return 'more';
        prepared = await this.push(pass, change, ready, changes[at + 1]);
      }
    }
  }

  /** Returns the plan of the next change, if it was recorded as in flight with the end of this one. */
  private async push(
    pass: SyncPass,
    change: Change,
    prepared: CommitPlan | null,
    next: Change | undefined,
  ): Promise<CommitPlan | null> {
    for (let moves = 0, ready = prepared; moves < MOST_MOVES; ready = null) {
      const plan: CommitPlan = ready ?? (await this.plan(pass, change));
      if (!plan.actions.length) {
        await this.pass(pass, change, plan);
        return null;
      }
      if (plan.held.size) await pass.checkpoint(() => this.noteHeld(pass, plan));
      const { author, message, origin, id } = change;
      const source = origin === 'gitlab' ? 'api' : origin;
      const request = {
        base: pass.state.baseCommit,
        ...signed(outgoing({ authors: [author], message, id, source }), pass.target),
        actions: plan.actions,
      };
      const preparing = this.prepare(pass, plan, next);
      try {
        const nextInFlight = preparing.then((following) => next && following && inFlightOf(next, following));
        const outcome = await this.commits.execute(pass, inFlightOf(change, plan), request, nextInFlight);
        if (outcome === 'made') return await preparing;
        if (outcome === 'moved') moves++;
        if (outcome === 'unclear') {
          await this.leaveToSnapshot(pass, change);
          return null;
        }
      } finally {
        await preparing;
      }
    }
    throw new KeptMoving();
  }

  /**
   * Plans the next change while the commit of this one is under way. Returns null if that commit may change the plan, or if
   * something has to be recorded first. Never fails: the change is planned again in its turn.
   */
  private async prepare(
    pass: SyncPass,
    { agreed }: CommitPlan,
    next: Change | undefined,
  ): Promise<CommitPlan | null> {
    if (!next || pass.budgetSpentAfter(1) || pass.state.lfsRules === null) return null;
    const paths = next.versions.flatMap(({ path, from }) => (from === null ? [path] : [path, from]));
    if (!independent(agreed.keys(), paths)) return null;
    const plan = await this.plan(pass, next).catch(() => null);
    return plan?.actions.length && !plan.held.size ? plan : null;
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
    const paths = versions.map(({ path }) => path);
    const blobs = versions.flatMap(({ blob }) => blob ?? []);
    const [known, contents] = await allSettledOrThrow(
      this.base.around(org, paths),
      this.store.contents(org, blobs),
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

function inFlightOf({ id, revision }: Change, { agreed }: CommitPlan): InFlight {
  return { id, changeId: id, revision, agreed: [...agreed], completes: false };
}

/** A text that is missing from the store must never be read as a deletion. */
export function contentOf(blob: Blob, contents: ReadonlyMap<Blob, Buffer>): Buffer {
  const content = contents.get(blob);
  if (!content) throw new Error(`the context store has no content for blob ${blob}`);
  return content;
}
