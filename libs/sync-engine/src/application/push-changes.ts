import { Injectable } from '@nestjs/common';
import { ContextStore, type Change } from '@app/context-store';
import type { Blob } from '@app/kernel';
import { Obstacles, planCommit, type CommitPlan, type Wanted } from '../domain/commit-plan';
import { KeptMoving } from '../domain/sync.errors';
import { signed } from '../domain/trailers';
import { HoldBack } from './hold-back';
import { HoldRefused } from './hold-refused';
import { outgoing } from './outgoing';
import { PullChanges } from './pull-changes';
import { SendCommit } from './send-commit';
import { SyncStates, unsettled } from './sync-states.port';
import type { Recording, Turn } from './turn';

const PAGE = 20;
/** How often GitLab may move under one change before the org has to wait for its next turn. */
const TRIES = 5;

/** Replays the changes made in Dot since the last push, in order: each becomes exactly one commit, or none where it says nothing new. */
@Injectable()
export class PushChanges {
  constructor(
    private readonly send: SendCommit,
    private readonly pull: PullChanges,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly holdBack: HoldBack,
    private readonly holdRefused: HoldRefused,
  ) {}

  /** Answers `more` where the turn ended before the changes did. */
  async execute(turn: Turn): Promise<'done' | 'more'> {
    for (;;) {
      const changes = await this.store.changesAfter(turn.org, turn.state.pushedRevision, PAGE);
      if (!changes.length) return 'done';
      for (const change of changes) {
        if (turn.spent) return 'more';
        await this.push(turn, change);
      }
    }
  }

  private async push(turn: Turn, change: Change): Promise<void> {
    for (let moves = 0; moves < TRIES;) {
      const plan = await this.plan(turn, change);
      if (!plan.actions.length) return this.pass(turn, change, plan);
      if (plan.held.size) await turn.record(() => this.noteHeld(turn, plan));
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
        base: turn.state.baseCommit,
        ...signed(outgoing({ authors: [author], message, id: change.id, source }), turn.target),
        actions: plan.actions,
      };
      try {
        if ((await this.send.execute(turn, inFlight, request)) === 'made') return;
        moves++;
        await this.pull.execute(turn);
        if (turn.state.baseCommit === request.base)
          await this.holdRefused.holdUnplaceable(turn, plan.actions);
      } catch (error) {
        const held = await this.holdRefused.execute(turn, plan.actions, error);
        if (held === 'unclear') return this.leaveToSnapshot(turn, change);
      }
    }
    throw new KeptMoving();
  }

  /** GitLab refuses the commit but not the path: its files are sent in smaller commits, which shows which one is meant. */
  private async leaveToSnapshot(turn: Turn, { revision }: Change): Promise<void> {
    await turn.record(() => ({ state: { pushedRevision: revision, shipmentDue: true } }));
  }

  /** Nothing to send: a change that came from GitLab, is out of scope, lost a conflict, or says what GitLab has already. */
  private async pass(turn: Turn, change: Change, plan: CommitPlan): Promise<void> {
    await turn.record(async () => {
      await this.states.agree(turn.org, unsettled(plan.agreed));
      await this.holdBack.forget(turn.org, [...plan.agreed.keys()]);
      await this.holdBack.note(turn.org, plan.held);
      return { state: { pushedRevision: change.revision } };
    });
  }

  private async plan(turn: Turn, change: Change): Promise<CommitPlan> {
    const versions = change.versions.filter(
      ({ op, path }) => op !== 'keep' && turn.target.scope.contains(path),
    );
    if (change.origin === 'gitlab' || !versions.length)
      return planCommit([], new Map(), new Obstacles(new Set(), new Map()));
    const { org } = turn;
    const known = await this.states.agreedAround(
      org,
      versions.map(({ path }) => path),
    );
    const contents = await this.store.contents(
      org,
      versions.flatMap(({ blob }) => blob ?? []),
    );
    const wanted = versions
      .filter(({ path }) => (known.get(path)?.settledTo ?? 0) < change.revision)
      .map(({ path, blob, from }): Wanted => ({
        path,
        from,
        content: blob === null ? null : contentOf(blob, contents),
      }));
    return planCommit(wanted, known, await this.holdBack.obstacles(org, known, wanted));
  }

  private async noteHeld(turn: Turn, { held }: CommitPlan): Promise<Recording> {
    await this.holdBack.note(turn.org, held);
    return {};
  }
}

/** A text that is missing from the store must never be read as a deletion. */
export function contentOf(blob: Blob, contents: ReadonlyMap<Blob, Buffer>): Buffer {
  const content = contents.get(blob);
  if (!content) throw new Error(`the context store has no content for blob ${blob}`);
  return content;
}
