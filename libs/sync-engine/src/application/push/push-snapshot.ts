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
import { PathWindows } from '../windows/path-windows';
import { COMMIT_FILES, findFilesAhead, type FilesAhead, type Limits } from './files-ahead';

/** Entries of the base, and files, that are read at a time. */
const WINDOW = 2_000;

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
    while (pass.state.snapshotDue) {
      if (pass.budgetSpent) return 'more';
      const ahead = await this.ahead(pass, { passed, most });
      if (!ahead) return 'changes-first';
      const { revision, completes } = ahead;
      const { plan, authors } = await this.plan(pass, ahead);
      if (!plan.actions.length) {
        await this.pass(pass, plan, completes);
        for (const path of plan.held.keys()) passed.add(path);
        continue;
      }
      const id = randomUUID();
      const inFlight = {
        id,
        changeId: null,
        revision,
        agreed: [...plan.agreed],
        completes: completes && !plan.held.size,
      };
      const request = {
        base: pass.state.baseCommit,
        ...signed(outgoing({ authors, message: messageOf(plan), id, source: 'user' }), pass.target),
        actions: plan.actions,
      };
      const inspecting = this.inspectAhead(pass, ahead);
      try {
        const outcome = await this.commits.execute(pass, inFlight, request);
        if (outcome === 'made') most = Math.min(COMMIT_FILES, most * 2);
        // One refused file among many is found by halves.
        if (outcome === 'unclear') most = Math.max(1, Math.floor(plan.actions.length / 2));
      } finally {
        await inspecting;
      }
    }
    return 'done';
  }

  private ahead({ org, state, policy }: SyncPass, limits: Limits): Promise<FilesAhead | null> {
    const windows = this.windows.read(org, WINDOW, { entries: this.base });
    return findFilesAhead(windows, state.pushedRevision, policy, limits);
  }

  private async plan(pass: SyncPass, { batch, files }: FilesAhead) {
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
    return {
      plan: planCommit(wanted, known, await this.guards.blockers(org, known, wanted, lfsRules)),
      authors: distinct(batch.flatMap((path) => files.get(path)?.updatedBy ?? [])),
    };
  }

  /** Inspects the texts of the next commit while this one is under way. Never fails: the next plan asks for them again. */
  private async inspectAhead({ org }: SyncPass, { later, files }: FilesAhead): Promise<void> {
    const texts = later.flatMap((path) => files.get(path) ?? []);
    await this.guards.inspectAhead(org, texts).catch(() => undefined);
  }

  /** Records a batch of which nothing is to be sent: its files are equal on both sides, or held back. */
  private async pass(pass: SyncPass, plan: CommitPlan, completes: boolean): Promise<void> {
    await pass.checkpoint(async () => {
      await this.base.agree(pass.org, baseAfterPush(plan.agreed));
      const waiting = await this.guards.recordHeld(pass.state, plan.held);
      return { state: { ...waiting, ...(completes && { snapshotDue: false }) } };
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
