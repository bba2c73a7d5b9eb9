import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ContextStore } from '@app/context-store';
import type { Author } from '@app/kernel';
import { planCommit, type CommitPlan, type Wanted } from '../../domain/commit-plan';
import type { BaseEntry } from '../../domain/reconcile';
import { KeptMoving } from '../../domain/sync.errors';
import { signed } from '../../domain/trailers';
import { seenLfsRules } from '../guards/lfs-rules';
import { PushGuards } from '../guards/push-guards';
import type { SyncPass } from '../pass/sync-pass';
import { BaseEntries } from '../ports/base-entries.port';
import { CommitOrHold, MOST_MOVES } from './commit-or-hold';
import { outgoing } from './outgoing-text';
import { contentOf } from './push-changes';
import { firstBatch, COMMIT_FILES } from './push-snapshot';

/** State of a file that only Dot has. */
const ONLY_IN_DOT: BaseEntry = { remote: null, local: null, supersededUpTo: 0, seenAt: null };

/** Puts files back on GitLab that were deleted there, as one commit, split by size only; or leaves them to the next proposal. */
@Injectable()
export class PutBackFiles {
  constructor(
    private readonly commits: CommitOrHold,
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly guards: PushGuards,
  ) {}

  /** Puts back those of the paths whose deletion still waits. */
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

  private async plan(pass: SyncPass, paths: ReadonlySet<string>) {
    const { org } = pass;
    const waiting = await this.waiting(pass, paths);
    const { files } = await this.store.files(org, waiting);
    const present = waiting.filter((path) => files.has(path));
    if (!present.length) return null;
    const batch = firstBatch(present, files, COMMIT_FILES);
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

  private async waiting({ org }: SyncPass, paths: ReadonlySet<string>): Promise<string[]> {
    return [...(await this.base.waitingDeletions(org)).keys()].filter((path) => paths.has(path));
  }

  /** The target's branch takes no direct commits: the next push proposes the files. */
  private async leaveToProposal(pass: SyncPass, paths: ReadonlySet<string>): Promise<void> {
    const waiting = await this.waiting(pass, paths);
    await pass.checkpoint(async () => {
      await this.base.agree(pass.org, new Map(waiting.map((path) => [path, ONLY_IN_DOT])));
      return { state: { snapshotDue: true } };
    });
  }

  /** A file that must not leave stays in Dot, as one that GitLab never had. */
  private async leaveOut(pass: SyncPass, { held }: CommitPlan): Promise<void> {
    await pass.checkpoint(async () => {
      await this.base.agree(pass.org, new Map([...held.keys()].map((path) => [path, ONLY_IN_DOT])));
      return { state: await this.guards.recordHeld(pass.state, held) };
    });
  }

  /** GitLab does not say which file it refuses: smaller commits find it. */
  private async leaveToSnapshot(pass: SyncPass): Promise<void> {
    await pass.checkpoint(() => ({ state: { snapshotDue: true } }));
  }
}

const messageOf = ({ actions }: CommitPlan): string =>
  actions.length === 1
    ? 'Put a file back that was deleted on GitLab'
    : `Put ${actions.length} files back that were deleted on GitLab`;
