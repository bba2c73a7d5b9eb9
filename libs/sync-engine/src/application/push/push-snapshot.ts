import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore } from '@app/context-store';
import { allSettledOrThrow, type Author } from '@app/kernel';
import { baseAfterPush } from '../../domain/base-after';
import { planCommit, type CommitPlan, type Wanted } from '../../domain/commit-plan';
import { signed } from '../../domain/trailers';
import { PushGuards } from '../guards/push-guards';
import { seenLfsRules } from '../guards/lfs-rules';
import { outgoing, outgoingName } from './outgoing-text';
import { contentOf } from './push-changes';
import { CommitOrHold } from './commit-or-hold';
import { BaseEntries } from '../ports/base-entries.port';
import type { SyncPass } from '../pass/sync-pass';
import type { InFlight } from '../../domain/sync-state';
import { PathWindows } from '../windows/path-windows';
import { COMMIT_FILES, findFilesAhead, type FilesAhead, type Limits } from './files-ahead';

/** Entries of the base, and files, that are read at a time. */
const WINDOW = 2_000;

/** A commit of the snapshot that is ready to be sent. */
interface Ready {
  readonly plan: CommitPlan;
  readonly authors: readonly Author[];
  readonly inFlight: InFlight;
  /** The last path that was read for it, in the order of code points. */
  readonly upTo: string;
  /** True if no path follows. */
  readonly ends: boolean;
  /** True if files are held back from it, or from one before it. */
  readonly leavesSome: boolean;
}

/**
 * Pushes files that only Dot has and no pending change carries, as one commit, split only by size. Serves the first
 * sync, a wider scope and a removed obstacle.
 */
@Injectable()
export class PushSnapshot {
  constructor(
    private readonly commits: CommitOrHold,
    private readonly base: BaseEntries,
    private readonly windows: PathWindows,
    private readonly store: ContextStore,
    private readonly guards: PushGuards,
  ) {}

  /** Returns `changes-first` if new changes were made in Dot; they are replayed first. */
  async execute(pass: SyncPass): Promise<'done' | 'changes-first' | 'more'> {
    let most = COMMIT_FILES;
    const passed = new Set<string>();
    let prepared: Ready | null = null;
    while (pass.state.snapshotDue) {
      // Without this record the plan may be out of date.
      const recorded = prepared && pass.state.inFlight?.id === prepared.inFlight.id ? prepared : null;
      if (!recorded && pass.budgetSpent) return 'more';
      const ready: Ready | null = recorded ?? (await this.next(pass, { passed, most }));
      if (!ready) return 'changes-first';
      const { plan, authors, inFlight, ends } = ready;
      if (!plan.actions.length) {
        await this.pass(pass, plan, ends);
        for (const path of plan.held.keys()) passed.add(path);
        continue;
      }
      const contribution = outgoing({ authors, message: messageOf(plan), id: inFlight.id, source: 'user' });
      const request = {
        base: pass.state.baseCommit,
        ...signed(contribution, pass.target),
        actions: plan.actions,
      };
      const preparing = this.prepare(pass, { passed, most }, ready);
      try {
        const nextInFlight = preparing.then((next) => next?.inFlight);
        const outcome = await this.commits.execute(pass, inFlight, request, nextInFlight);
        if (outcome === 'made') most = Math.min(COMMIT_FILES, most * 2);
        // One refused file among many is found by halves.
        if (outcome === 'unclear') most = Math.max(1, Math.floor(plan.actions.length / 2));
      } finally {
        prepared = await preparing;
      }
    }
    return 'done';
  }

  /**
   * Plans the commit after this one, while this one is under way. Returns null if something has to be recorded first. Never
   * fails: the commit is planned again in its turn.
   */
  private async prepare(pass: SyncPass, limits: Limits, ready: Ready): Promise<Ready | null> {
    if (ready.ends || pass.budgetSpentAfter(1) || pass.state.lfsRules === null) return null;
    const next = await this.next(pass, limits, ready).catch(() => null);
    return next?.plan.actions.length ? next : null;
  }

  /** Plans the commit of the first paths, or of those after `before`. Returns null if new changes were made in Dot. */
  private async next(pass: SyncPass, limits: Limits, before?: Ready): Promise<Ready | null> {
    const { org, state, policy } = pass;
    const windows = this.windows.read(org, WINDOW, { after: before?.upTo, entries: this.base });
    const ahead = await findFilesAhead(windows, state.pushedRevision, policy, limits);
    if (!ahead) return null;
    const { batch, files, revision, completes: ends } = ahead;
    const plan = await this.plan(pass, ahead);
    const leavesSome = plan.held.size > 0 || (before?.leavesSome ?? false);
    const inFlight = {
      ...{ id: randomUUID(), changeId: null, revision },
      ...{ agreed: [...plan.agreed], completes: ends && !leavesSome },
    };
    const authors = distinct(batch.flatMap((path) => files.get(path)?.updatedBy ?? []));
    return { plan, authors, inFlight, upTo: batch.at(-1) ?? '', ends, leavesSome };
  }

  private async plan(pass: SyncPass, { batch, files }: FilesAhead): Promise<CommitPlan> {
    const { org } = pass;
    const [known, contents] = await allSettledOrThrow(
      this.base.around(org, batch),
      this.store.contents(
        org,
        batch.flatMap((path) => files.get(path)?.blob ?? []),
      ),
    );
    const wanted = batch.map((path): Wanted => {
      const file = files.get(path);
      return { path, from: null, content: file ? contentOf(file.blob, contents) : null };
    });
    const lfsRules = await seenLfsRules(pass, wanted, known);
    return planCommit(wanted, known, await this.guards.blockers(org, known, wanted, lfsRules));
  }

  /** Records a batch of which nothing is to be sent: its files are equal on both sides, or held back. */
  private async pass(pass: SyncPass, plan: CommitPlan, ends: boolean): Promise<void> {
    await pass.checkpoint(async () => {
      await this.base.agree(pass.org, baseAfterPush(plan.agreed));
      const waiting = await this.guards.recordHeld(pass.state, plan.held);
      return { state: { ...waiting, ...(ends && { snapshotDue: false }) } };
    });
  }
}

function distinct(authors: readonly Author[]): Author[] {
  return [...new Map(authors.map((author) => [`${author.name}\0${author.email}`, author])).values()];
}

function messageOf({ actions }: CommitPlan): string {
  return actions.length === 1
    ? `Add ${outgoingName(actions[0].path)} from Dot`
    : `Add ${actions.length} context files from Dot`;
}
