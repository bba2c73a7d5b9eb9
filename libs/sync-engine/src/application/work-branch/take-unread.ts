import { Injectable } from '@nestjs/common';
import type { Superseded } from '../../domain/proposal';
import { withReviewed } from '../../domain/proposal';
import { contested, isNew, type Decision } from '../../domain/decision';
import type { SyncPass } from '../pass/sync-pass';
import { AdmitFiles } from '../pull/admit-files';
import { DiscoverRemote } from '../pull/discover-remote';
import { ReconcileRemote } from '../pull/reconcile-remote';
import { RecordConflicts } from '../pull/record-conflicts';
import type { RemoteChanges } from '../pull/remote-changes';
import { StorePulled } from '../pull/store-pulled';
import { withPlaces } from '../pull/with-places';

/**
 * Takes commits of others into Dot that reached a work branch between Dot's last look and the start of the next one. There is no base for
 * it any more: the later text wins, and nothing is deleted. A new file that has no place or room in Dot is kept as a version.
 */
@Injectable()
export class TakeUnread {
  constructor(
    private readonly discover: DiscoverRemote,
    private readonly reconcile: ReconcileRemote,
    private readonly admitFiles: AdmitFiles,
    private readonly storePulled: StorePulled,
    private readonly recordConflicts: RecordConflicts,
  ) {}

  async execute(pass: SyncPass, { branch, head: since }: Superseded): Promise<void> {
    const { org, gitlab, repo, policy } = pass;
    const request = {
      ...{ org, gitlab, repo: { ...repo, branch }, policy, since, onConflict: 'newest' as const },
      withoutBase: true,
    };
    const changes = await this.discover.changes(request);
    if (!changes.head) return;
    const decisions: Decision[] = [];
    for await (const decision of this.reconcile.execute(request, changes))
      decisions.push(isNew(decision) ? contested(decision, changes.head) : decision);
    await withPlaces(decisions, (placed) => this.record(pass, changes, placed));
  }

  private async record(pass: SyncPass, changes: RemoteChanges, placed: readonly Decision[]): Promise<void> {
    const admitted = await this.admitFiles.execute(pass.org, placed);
    await pass.checkpoint(async () => {
      const change = await this.storePulled.execute(pass, changes, admitted);
      const disputed = admitted.decisions.filter((decision) => !isNew(decision));
      await this.recordConflicts.execute(pass, disputed, change);
      const superseded = { ...pass.proposal!.superseded!, head: changes.head!.id };
      const proposal = { ...pass.proposal!, superseded };
      return {
        state: {
          proposal: change ? withReviewed(proposal, change.revision) : proposal,
          ...(change && { snapshotDue: true }),
        },
      };
    });
  }
}
