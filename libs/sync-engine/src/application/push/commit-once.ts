import { Injectable } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import {
  CommitUnknown,
  FileChanged,
  GitLabUnavailable,
  type CommitMade,
  type CommitRequest,
} from '@app/gitlab';
import { DomainError } from '@app/kernel';
import { counted, progressed } from '../../domain/run';
import { ancestors } from '../../domain/commit-plan';
import type { InFlight } from '../../domain/sync-state';
import { changeTrailer } from '../../domain/trailers';
import { Findings } from '../ports/findings.port';
import { PullChanges } from '../pull/pull-changes';
import type { Unseen } from '../pull/discover-remote';
import { SyncStates, unsettled } from '../ports/sync-states.port';
import type { SyncPass } from '../pass/sync-pass';

/**
 * Makes a commit exist exactly once, whatever happens on the way: what is about to be sent is recorded first, and an outcome
 * that is not known is looked up by the change id before anything else is done.
 */
@Injectable()
export class CommitOnce {
  constructor(
    private readonly pull: PullChanges,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
    private readonly findings: Findings,
  ) {}

  /** Answers `refused` where GitLab has moved on and nothing was written: look again and decide anew. */
  async execute(pass: SyncPass, inFlight: InFlight, request: CommitRequest): Promise<'made' | 'refused'> {
    await pass.checkpoint(() => ({ state: { inFlight } }));
    const made = await this.send(pass, inFlight, request);
    if (!made) {
      await pass.checkpoint(() => ({ state: { inFlight: null } }));
      return 'refused';
    }
    await this.settle(pass, inFlight, made, request);
    return 'made';
  }

  /** Settles what an earlier turn sent, or was about to send, when it was cut off. */
  async resume(pass: SyncPass): Promise<void> {
    const { inFlight } = pass.state;
    if (!inFlight) return;
    if (inFlight.made) return this.pull.execute(pass);
    const found = await this.lookUpSurely(pass, inFlight);
    if (found) await this.settle(pass, inFlight, found);
    else await pass.checkpoint(() => ({ state: { inFlight: null } }));
  }

  private async send(pass: SyncPass, inFlight: InFlight, request: CommitRequest): Promise<CommitMade | null> {
    pass.requireFreshLease();
    try {
      return await pass.gitlab.commit(pass.repo, request);
    } catch (error) {
      // Refused because the file changed: perhaps by this very commit, sent by a worker that was cut off.
      if (error instanceof FileChanged) return this.lookUp(pass, inFlight);
      if (error instanceof GitLabUnavailable && error.outcomeUnknown) {
        const found = await this.lookUpSurely(pass, inFlight);
        if (found) return found;
        throw error;
      }
      if (error instanceof DomainError) await pass.checkpoint(() => ({ state: { inFlight: null } }));
      throw error;
    }
  }

  /** Not found counts only where there is a branch to look at: one that is gone may come back, with the commit. @throws BranchNotFound */
  private async lookUpSurely(pass: SyncPass, inFlight: InFlight): Promise<CommitMade | null> {
    const found = await this.lookUp(pass, inFlight);
    const { gitlab, repo, state } = pass;
    if (!found && state.baseCommit !== null) await gitlab.branch(repo.projectId, repo.branch);
    return found;
  }

  private async lookUp({ gitlab, repo, state }: SyncPass, { id }: InFlight): Promise<CommitMade | null> {
    try {
      return await gitlab.findCommit(repo, state.baseCommit, changeTrailer(id));
    } catch (error) {
      if (error instanceof CommitUnknown) return gitlab.findCommit(repo, null, changeTrailer(id));
      throw error;
    }
  }

  /** The base follows our commit only where nobody's came in between; otherwise that one is taken in as a pull. */
  private async settle(
    pass: SyncPass,
    inFlight: InFlight,
    made: CommitMade,
    request?: CommitRequest,
  ): Promise<void> {
    const base = pass.state.baseCommit;
    const next = base === null ? made.parents.length === 0 : made.parents[0] === base;
    const follows = next && !freesName(inFlight, pass);
    const paths = inFlight.agreed.map(([path]) => path);
    const unseen = base === null ? null : await this.unseen(pass, made.parents[0], paths, !next);
    await pass.checkpoint(async () => {
      if (unseen) await this.pull.keep(pass, unseen);
      await this.states.agree(pass.org, unsettled(inFlight.agreed, made.id));
      // What was wrong or held back at these paths is no more.
      await this.findings.release(pass.org, paths);
      if (inFlight.changeId) await this.store.noteCommit(pass.org, inFlight.changeId, made.id, paths);
      const done = inFlight.changeId ? 1 : inFlight.agreed.length;
      return {
        state: {
          inFlight: follows ? null : { ...inFlight, made: made.id },
          pushedRevision: inFlight.revision,
          ...(follows && { baseCommit: made.id }),
          ...(inFlight.completes && { snapshotDue: false }),
        },
        run: (run) => ({
          ...progressed(counted(run, countsOf(request)), done, run.progress.total),
          commits: [...run.commits, made.id],
        }),
      };
    });
    if (!follows) await this.pull.execute(pass);
  }

  /** Returns what the commit replaced unseen: at all of its paths if others committed before it, else at those in quarantine. */
  private async unseen(
    pass: SyncPass,
    before: string,
    paths: readonly string[],
    raced: boolean,
  ): Promise<Unseen | null> {
    const known = await this.findings.quarantined(pass.org);
    const quarantined = new Set(paths.filter((path) => known.get(path)?.side === 'gitlab'));
    const asked = raced ? paths : [...quarantined];
    return asked.length ? this.pull.unseenAt(pass, before, asked, quarantined) : null;
  }
}

/** What is left of a directory that bore a context file's name has to be looked at. */
function freesName({ agreed }: InFlight, { target }: SyncPass): boolean {
  return agreed.some(
    ([path, { gitlab }]) =>
      gitlab === null && ancestors(path).some((parent) => target.scope.contains(parent)),
  );
}

function countsOf(request: CommitRequest | undefined) {
  const count = (...ops: string[]) => request?.actions.filter(({ op }) => ops.includes(op)).length ?? 0;
  return { created: count('create'), updated: count('update', 'move'), deleted: count('delete') };
}
