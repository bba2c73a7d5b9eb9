import { Injectable } from '@nestjs/common';
import { Findings } from './findings.port';
import { PullChanges } from './pull-changes';
import { SyncStates } from './sync-states.port';
import type { Turn } from './turn';

/**
 * Compares everything in scope: without a base, or because the scope changed. Only in GitLab is pulled, only in Dot is
 * marked to be shipped, equal becomes base, different is a conflict; nothing is deleted on either side, and what left the
 * scope is let go.
 */
@Injectable()
export class CompareAll {
  constructor(
    private readonly pull: PullChanges,
    private readonly states: SyncStates,
    private readonly findings: Findings,
  ) {}

  async execute(turn: Turn): Promise<void> {
    const first = turn.state.directories === null;
    await this.letGoOfWhatLeftScope(turn, first);
    await this.pull.compareAll(turn, (seen) => ({
      directories: turn.target.scope.directories,
      shipmentDue: true,
      // What Dot had by then is shipped as a whole; only what is changed from there on is replayed.
      ...(first && { pushedRevision: seen }),
    }));
  }

  private async letGoOfWhatLeftScope(turn: Turn, first: boolean): Promise<void> {
    const { org, target } = turn;
    const left = [...(await this.states.agreed(org)).keys()].filter((path) => !target.scope.contains(path));
    const released = [...(await this.findings.quarantined(org)).keys()].filter(
      (path) => !target.scope.contains(path),
    );
    if (!left.length && !released.length) return;
    await turn.record(async () => {
      await this.states.forgetAgreed(org, left);
      await this.findings.release(org, released);
      // Were the scope changed back now, everything would have to be compared all the same.
      return first ? {} : { state: { directories: [] } };
    });
  }
}
