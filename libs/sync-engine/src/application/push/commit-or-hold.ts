import { Injectable } from '@nestjs/common';
import type { CommitAction, CommitRequest } from '@app/gitlab';
import type { InFlight } from '../../domain/sync-state';
import { HoldRefused } from '../guards/hold-refused';
import type { SyncPass } from '../pass/sync-pass';
import { PullChanges } from '../pull/pull-changes';
import { CommitOnce, type NextInFlight } from './commit-once';

/** Times that GitLab may move under one commit before the org has to wait for its next pass. */
export const MOST_MOVES = 5;

/** Sends a commit. Finds out why GitLab refused it, so that the next plan differs. */
@Injectable()
export class CommitOrHold {
  constructor(
    private readonly commitOnce: CommitOnce,
    private readonly pull: PullChanges,
    private readonly holdRefused: HoldRefused,
  ) {}

  /**
   * Returns `moved` if GitLab wrote nothing and the pass has read why. `held`: the refused files are held back. `unclear`: GitLab
   * refuses one of several files without naming it.
   */
  async execute(
    pass: SyncPass,
    inFlight: InFlight,
    request: CommitRequest,
    next?: NextInFlight,
  ): Promise<'made' | 'moved' | 'held' | 'unclear'> {
    try {
      if ((await this.commitOnce.execute(pass, inFlight, request, next)) === 'made') return 'made';
      await this.explain(pass, request);
      return 'moved';
    } catch (error) {
      return this.holdRefused.execute(pass, request.actions, error);
    }
  }

  /** The branch moved, an entry blocks a path, or a comparison left out a change of one of the paths. */
  private async explain(pass: SyncPass, { base, actions }: CommitRequest): Promise<void> {
    await this.pull.execute(pass);
    if (pass.state.baseCommit !== base) return;
    if (await this.holdRefused.holdUnplaceable(pass, actions)) return;
    await this.pull.readAgain(pass, actions.flatMap(pathsOf));
  }
}

const pathsOf = (action: CommitAction): string[] =>
  action.op === 'move' ? [action.from, action.path] : [action.path];
