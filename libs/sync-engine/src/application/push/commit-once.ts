import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { FileChanged, GitLabUnavailable, type CommitMade, type CommitRequest } from '@app/gitlab';
import { allSettledOrThrow, DomainError, traced } from '@app/kernel';
import { baseAfterPush } from '../../domain/base-after';
import type { Quarantined } from '../../domain/findings';
import { counted, progressed, titleOf, type Run } from '../../domain/run';
import { changesAfterPush, changesOf } from '../../domain/run-change';
import { countsOfCommit } from '../../domain/run-counts';
import { ancestors } from '../../domain/commit-plan';
import type { InFlight } from '../../domain/sync-state';
import { BranchReserved } from '../../domain/sync.errors';
import { Findings } from '../ports/findings.port';
import { KeepReplaced } from '../pull/keep-replaced';
import { PullChanges } from '../pull/pull-changes';
import { RunChanges } from '../ports/run-changes.port';
import { BaseEntries } from '../ports/base-entries.port';
import type { SyncPass } from '../pass/sync-pass';
import { lookUp, lookUpSurely } from './look-up-commit';

/** The commit that follows, if it is planned while this one is under way. */
export type NextInFlight = Promise<InFlight | null | undefined>;

interface Settling {
  /** The findings as they were while the commit was under way; read again if that failed. */
  readonly quarantined?: ReadonlyMap<string, Quarantined> | null;
  /** Absent if an interrupted pass sent the commit. */
  readonly request?: CommitRequest;
  readonly next?: InFlight | null;
}

/**
 * Makes a commit exist exactly once, whatever fails. Records the commit before it is sent. Looks up an unknown outcome
 * by the change id before anything else.
 */
@Injectable()
export class CommitOnce {
  constructor(
    private readonly pull: PullChanges,
    private readonly replaced: KeepReplaced,
    private readonly base: BaseEntries,
    private readonly store: ContextStore,
    private readonly findings: Findings,
    private readonly runChanges: RunChanges,
  ) {}

  /**
   * Returns `refused` if GitLab moved on and wrote nothing; then decide again. Records `next`, if the branch holds nothing
   * else by then, in the transaction that settles this commit. @throws BranchReserved
   */
  execute(
    pass: SyncPass,
    inFlight: InFlight,
    request: CommitRequest,
    next: NextInFlight = Promise.resolve(null),
  ): Promise<'made' | 'refused'> {
    if (pass.isReserved) throw new BranchReserved();
    const values = {
      'gitlab_sync.org': pass.org,
      'gitlab_sync.run': pass.run.id,
      'gitlab_sync.change': inFlight.changeId ?? undefined,
      'gitlab_sync.files': request.actions.length,
    };
    return traced('gitlab_sync.commit', values, async (span) => {
      if (pass.state.inFlight?.id !== inFlight.id) await pass.checkpoint(() => ({ state: { inFlight } }));
      const [made, quarantined] = await allSettledOrThrow(
        this.send(pass, inFlight, request),
        this.findings.quarantined(pass.org).catch(() => null),
      );
      if (!made) {
        await pass.checkpoint(() => ({ state: { inFlight: null } }));
        return 'refused';
      }
      span.note({ 'gitlab_sync.commit': made.id });
      await this.settle(pass, inFlight, made, { quarantined, request, next: (await next) ?? null });
      return 'made';
    });
  }

  /** Settles a commit that an interrupted pass sent, or was about to send. */
  async resume(pass: SyncPass): Promise<void> {
    const { inFlight } = pass.state;
    if (!inFlight) return;
    if (inFlight.landedAs) return void (await this.pull.execute(pass));
    const found = await lookUpSurely(pass, inFlight);
    if (found) await this.settle(pass, inFlight, found);
    else await pass.checkpoint(() => ({ state: { inFlight: null } }));
  }

  private async send(pass: SyncPass, inFlight: InFlight, request: CommitRequest): Promise<CommitMade | null> {
    pass.requireFreshLease();
    try {
      return await pass.gitlab.commit(pass.repo, pass.requestFor(request));
    } catch (error) {
      // Refused because the file changed: perhaps by this very commit, sent by a worker that was cut off.
      if (error instanceof FileChanged) return lookUp(pass, inFlight);
      if (error instanceof GitLabUnavailable && error.outcomeUnknown) {
        const found = await lookUpSurely(pass, inFlight);
        if (found) return found;
        throw error;
      }
      if (error instanceof DomainError) await pass.checkpoint(() => ({ state: { inFlight: null } }));
      throw error;
    }
  }

  /** Moves the base to our commit, unless another commit came in between; a pull takes that one in. */
  private async settle(
    pass: SyncPass,
    inFlight: InFlight,
    made: CommitMade,
    { quarantined: read, request, next = null }: Settling = {},
  ): Promise<void> {
    const base = pass.state.baseCommit;
    const isChild = base === null ? made.parents.length === 0 : made.parents[0] === base;
    const follows = isChild && !freesName(inFlight, pass);
    const paths = inFlight.agreed.map(([path]) => path);
    const quarantined = read ?? (await this.findings.quarantined(pass.org));
    // GitLab guards no path in the commit that creates a branch.
    const before = { before: made.parents[0], paths, quarantined, raced: !isChild || pass.createsBranch };
    const replaced = base === null ? null : await this.replaced.find(pass, before);
    const changes = request
      ? changesOf(request.actions)
      : changesAfterPush(inFlight.agreed, await this.base.around(pass.org, paths));
    await pass.checkpoint(async () => {
      if (replaced) await this.replaced.keep(pass, replaced);
      const writes = () =>
        allSettledOrThrow(
          this.base.agree(pass.org, baseAfterPush(inFlight.agreed, made.id)),
          this.findings.release(pass.org, paths), // the findings at these paths are obsolete
          inFlight.changeId && this.store.noteCommit(pass.org, inFlight.changeId, made.id, paths),
          this.runChanges.add(pass.org, pass.run.id, changes),
        );
      const done = inFlight.changeId ? 1 : inFlight.agreed.length;
      const countsOf = ({ kept }: Run) =>
        kept && !inFlight.changeId ? { putBack: done } : countsOfCommit(request?.actions);
      return {
        writes,
        state: {
          inFlight: follows ? next : { ...inFlight, landedAs: made.id },
          pushedRevision: inFlight.revision,
          ...(follows && { baseCommit: made.id }),
          ...(inFlight.completes && { snapshotDue: false }),
        },
        run: (run) => ({
          ...progressed(counted(run, countsOf(run)), done, run.progress.total),
          commits: [...run.commits, made.id],
          head: made.id,
          ...(request && { title: titleOf(request.message), author: request.author }),
        }),
      };
    });
    if (!follows) await this.pull.execute(pass);
  }
}

/**
 * Checks whether the commit may free a directory's name for a context file; the rest of the directory has to be read.
 */
function freesName({ agreed }: InFlight, { policy }: SyncPass): boolean {
  return agreed.some(
    ([path, { remote }]) => remote === null && ancestors(path).some((parent) => policy.mayPull(parent)),
  );
}
