import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore } from '@app/context-store';
import { allSettledOrThrow, type Author } from '@app/kernel';
import { planCommit, type CommitPlan, type Wanted } from '../../domain/commit-plan';
import type { BaseEntry } from '../../domain/reconcile';
import { counted } from '../../domain/run';
import type { RunChange } from '../../domain/run-change';
import { KeptMoving } from '../../domain/sync.errors';
import { signed } from '../../domain/trailers';
import { seenLfsRules } from '../guards/lfs-rules';
import { PushGuards } from '../guards/push-guards';
import type { SyncPass } from '../pass/sync-pass';
import { BaseEntries } from '../ports/base-entries.port';
import { RunChanges } from '../ports/run-changes.port';
import { CommitOrHold, MOST_MOVES } from './commit-or-hold';
import { COMMIT_FILES, firstBatch } from './files-ahead';
import { outgoing } from './outgoing-text';
import { contentOf } from './push-changes';

/** Puts files back on GitLab that were deleted there: as one commit, split by size only, or by a proposal. */
@Injectable()
export class PutBackFiles {
  constructor(
    private readonly commits: CommitOrHold,
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly guards: PushGuards,
    private readonly runChanges: RunChanges,
  ) {}

  /** Puts back those of the paths whose deletion still waits. With merge requests, the next push proposes them. */
  async execute(pass: SyncPass, paths: ReadonlySet<string>): Promise<void> {
    if (pass.target.publish === 'merge_request') return this.leaveToProposal(pass, paths);
    for (let moves = 0; moves < MOST_MOVES;) {
      const planned = await this.plan(pass, paths);
      if (!planned) return;
      const { plan, authors } = planned;
      if (plan.held.size) await this.leaveOut(pass, plan);
      if (!plan.actions.length) continue;
      const id = randomUUID();
      const inFlight = {
        ...{ id, changeId: null, revision: pass.state.pushedRevision, agreed: [...plan.agreed] },
        completes: false,
      };
      const message = messageOf(plan);
      const request = {
        base: pass.state.baseCommit,
        ...signed(outgoing({ authors, message, id, source: 'user' }), pass.target),
        actions: plan.actions,
      };
      const outcome = await this.commits.execute(pass, inFlight, request);
      if (outcome === 'unclear') return this.leaveToSnapshot(pass);
      if (outcome === 'moved') moves++;
    }
    throw new KeptMoving();
  }

  /** Lets the files count as files that only Dot has, which the next push proposes. */
  private async leaveToProposal(pass: SyncPass, paths: ReadonlySet<string>): Promise<void> {
    const present = await this.present(pass, paths);
    if (!present.size) return;
    const changes = [...present.keys()].map((path): RunChange => ({ path, op: 'create' }));
    await pass.checkpoint(async () => {
      await allSettledOrThrow(
        this.base.agree(pass.org, onlyInDot(present.keys())),
        this.runChanges.add(pass.org, pass.run.id, changes),
      );
      return { state: { snapshotDue: true }, run: (run) => counted(run, { putBack: present.size }) };
    });
  }

  /** Finds those of the paths whose deletion still waits, and that Dot has. */
  private async present({ org }: SyncPass, paths: ReadonlySet<string>) {
    const waiting = [...(await this.base.waitingDeletions(org)).keys()].filter((path) => paths.has(path));
    return (await this.store.files(org, waiting)).files;
  }

  private async plan(pass: SyncPass, paths: ReadonlySet<string>) {
    const { org } = pass;
    const files = await this.present(pass, paths);
    if (!files.size) return null;
    const batch = firstBatch([...files.keys()].sort(), files, COMMIT_FILES);
    const known = await this.base.around(org, batch);
    const contents = await this.store.contents(
      org,
      batch.flatMap((path) => files.get(path)?.blob ?? []),
    );
    const wanted = batch.map((path): Wanted => ({
      ...{ path, from: null },
      content: contentOf(files.get(path)!.blob, contents),
    }));
    const lfsRules = await seenLfsRules(pass, wanted, known);
    const plan = planCommit(wanted, known, await this.guards.blockers(org, known, wanted, lfsRules));
    const authors = batch.flatMap((path): Author[] => (files.has(path) ? [files.get(path)!.updatedBy] : []));
    return { plan, authors: [...new Map(authors.map((author) => [author.email, author])).values()] };
  }

  /** A file that must not leave stays in Dot. */
  private async leaveOut(pass: SyncPass, { held }: CommitPlan): Promise<void> {
    await pass.checkpoint(async () => {
      await this.base.agree(pass.org, onlyInDot(held.keys()));
      return { state: await this.guards.recordHeld(pass.state, held) };
    });
  }

  /** GitLab does not say which file it refuses: smaller commits find it. */
  private async leaveToSnapshot(pass: SyncPass): Promise<void> {
    await pass.checkpoint(() => ({ state: { snapshotDue: true } }));
  }
}

function onlyInDot(paths: Iterable<string>): Map<string, BaseEntry> {
  const entry: BaseEntry = { remote: null, local: null, supersededUpTo: 0, seenAt: null };
  return new Map([...paths].map((path) => [path, entry]));
}

const messageOf = ({ actions }: CommitPlan): string =>
  actions.length === 1
    ? 'Put a file back that was deleted on GitLab'
    : `Put ${actions.length} files back that were deleted on GitLab`;
