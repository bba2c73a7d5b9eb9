import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore, type ContextFile } from '@app/context-store';
import type { Author } from '@app/kernel';
import { baseAfterPush } from '../../domain/base-after';
import { planCommit, type CommitPlan, type Wanted } from '../../domain/commit-plan';
import { pathsAhead } from '../../domain/paths-ahead';
import { signed } from '../../domain/trailers';
import { PushGuards } from '../guards/push-guards';
import { seenLfsRules } from '../guards/lfs-rules';
import { outgoing, outgoingName } from './outgoing-text';
import { contentOf } from './push-changes';
import { CommitOrHold } from './commit-or-hold';
import { BaseEntries } from '../ports/base-entries.port';
import type { SyncPass } from '../pass/sync-pass';

/** GitLab throttles commit requests above 20 MB (docs/gitlab-api.md#commit-answers); text grows by JSON escaping. */
const COMMIT_BYTES = 12 * 1024 * 1024;
export const COMMIT_FILES = 10_000;

/**
 * Pushes files that only Dot has and no pending change carries, as one commit, split only by size. Serves the first
 * sync, a wider scope and a removed obstacle.
 */
@Injectable()
export class PushSnapshot {
  constructor(
    private readonly commits: CommitOrHold,
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly guards: PushGuards,
  ) {}

  /** Returns `changes-first` if new changes were made in Dot; they are replayed first. */
  async execute(pass: SyncPass): Promise<'done' | 'changes-first' | 'more'> {
    let most = COMMIT_FILES;
    const passed = new Set<string>();
    while (pass.state.snapshotDue) {
      if (pass.budgetSpent) return 'more';
      const { revision, files } = await this.store.snapshot(pass.org);
      if (revision > pass.state.pushedRevision) return 'changes-first';
      const { plan, authors, completes, later } = await this.plan(pass, files, { passed, most });
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
      const inspecting = this.inspectAhead(pass, files, firstBatch(later, files, most));
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

  private async plan(pass: SyncPass, files: ReadonlyMap<string, ContextFile>, { passed, most }: Limits) {
    const { org, policy } = pass;
    const known = await this.base.all(org);
    const ahead = pathsAhead(known, files, policy).filter((path) => !passed.has(path));
    const batch = firstBatch(ahead, files, most);
    const contents = await this.store.contents(
      org,
      batch.flatMap((path) => files.get(path)?.blob ?? []),
    );
    const wanted = batch.map((path): Wanted => {
      const file = files.get(path);
      return { path, from: null, content: file ? contentOf(file.blob, contents) : null };
    });
    const lfsRules = await seenLfsRules(pass, wanted, known);
    const plan = planCommit(wanted, known, await this.guards.blockers(org, known, wanted, lfsRules));
    return {
      plan,
      authors: distinct(batch.flatMap((path) => files.get(path)?.updatedBy ?? [])),
      completes: batch.length === ahead.length,
      later: ahead.slice(batch.length),
    };
  }

  /** Inspects the texts of the next commit while this one is under way. Never fails: the next plan asks for them again. */
  private async inspectAhead(
    { org }: SyncPass,
    files: ReadonlyMap<string, ContextFile>,
    paths: readonly string[],
  ): Promise<void> {
    const texts = paths.flatMap((path) => files.get(path) ?? []);
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

interface Limits {
  /** Paths that were found to be held back. */
  readonly passed: ReadonlySet<string>;
  /** Files of one commit. */
  readonly most: number;
}

/** Returns as many of the paths, in their order, as one commit may carry. */
export function firstBatch(
  paths: readonly string[],
  files: ReadonlyMap<string, ContextFile>,
  most: number,
): string[] {
  let bytes = 0;
  return paths.slice(0, most).filter((path, i) => {
    bytes += files.get(path)?.size ?? 0;
    return i === 0 || bytes <= COMMIT_BYTES;
  });
}

function distinct(authors: readonly Author[]): Author[] {
  return [...new Map(authors.map((author) => [`${author.name}\0${author.email}`, author])).values()];
}

function messageOf({ actions }: CommitPlan): string {
  return actions.length === 1
    ? `Add ${outgoingName(actions[0].path)} from Dot`
    : `Add ${actions.length} context files from Dot`;
}
