import { Injectable } from '@nestjs/common';
import { Findings } from '../ports/findings.port';
import { PullChanges } from './pull-changes';
import { SyncStates } from '../ports/sync-states.port';
import type { SyncPass } from '../pass/sync-pass';

/**
 * Compares everything in scope: without a base, or because the scope changed. Only in GitLab is pulled, only in Dot is
 * marked to be shipped, equal becomes base, different is a conflict; nothing is deleted on either side, and what left the
 * scope is let go.
 */
@Injectable()
export class FullComparison {
  constructor(
    private readonly pull: PullChanges,
    private readonly states: SyncStates,
    private readonly findings: Findings,
  ) {}

  async execute(pass: SyncPass): Promise<void> {
    const first = pass.state.directories === null;
    await this.letGoOfWhatLeftScope(pass, first);
    await this.pull.compareAll(pass, (revision) => ({
      directories: pass.target.scope.directories,
      snapshotDue: true,
      // What Dot had by then is shipped as a whole; only what is changed from there on is replayed.
      ...(first && { pushedRevision: revision }),
    }));
  }

  private async letGoOfWhatLeftScope(pass: SyncPass, first: boolean): Promise<void> {
    const { org, policy } = pass;
    const hasLeft = (path: string) => !policy.isSynced(path);
    const left = [...(await this.states.agreed(org)).keys()].filter(hasLeft);
    const released = [...(await this.findings.quarantined(org)).keys()].filter(hasLeft);
    if (!left.length && !released.length) return;
    await pass.checkpoint(async () => {
      await this.states.forgetAgreed(org, left);
      await this.findings.release(org, released);
      // Were the scope changed back now, everything would have to be compared all the same.
      return first ? {} : { state: { directories: [] } };
    });
  }
}
