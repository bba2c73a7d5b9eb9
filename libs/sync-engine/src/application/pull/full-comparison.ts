import { Injectable } from '@nestjs/common';
import { QuarantineFiles } from '../guards/quarantine-files';
import { Findings } from '../ports/findings.port';
import { PullChanges } from './pull-changes';
import { BaseEntries } from '../ports/base-entries.port';
import type { SyncPass } from '../pass/sync-pass';

/**
 * Compares everything in scope, when there is no base or the scope changed. Pulls files that only GitLab has, and
 * marks files that only Dot has for the push. Equal files become base; different ones conflict. Deletes nothing on
 * either side, and forgets paths that left the scope.
 */
@Injectable()
export class FullComparison {
  constructor(
    private readonly pull: PullChanges,
    private readonly base: BaseEntries,
    private readonly findings: Findings,
    private readonly quarantine: QuarantineFiles,
  ) {}

  async execute(pass: SyncPass): Promise<void> {
    const first = pass.state.directories === null;
    await this.letGoOfWhatLeftScope(pass, first);
    await this.pull.compareAll(pass, (revision) => ({
      directories: pass.target.scope.directories,
      snapshotDue: true,
      // The snapshot sends Dot's files as a whole; only later changes are replayed.
      ...(first && { pushedRevision: revision }),
    }));
  }

  private async letGoOfWhatLeftScope(pass: SyncPass, first: boolean): Promise<void> {
    const { org, policy } = pass;
    const hasLeft = (path: string) => !policy.isSynced(path);
    const left = [...(await this.base.all(org)).keys()].filter(hasLeft);
    const released = [...(await this.findings.quarantined(org)).keys()].filter(hasLeft);
    if (!left.length && !released.length) return;
    await pass.checkpoint(async () => {
      await this.base.forget(org, left);
      await this.quarantine.letIn(org, released);
      // If the scope were changed back now, everything would have to be compared anyway.
      return first ? {} : { state: { directories: [] } };
    });
  }
}
