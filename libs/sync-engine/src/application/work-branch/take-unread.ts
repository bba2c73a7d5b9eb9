import { Injectable } from '@nestjs/common';
import type { Superseded } from '../../domain/proposal';
import { withReviewed } from '../../domain/proposal';
import type { Decision } from '../../domain/decision';
import type { SyncPass } from '../pass/sync-pass';
import { DiscoverRemote } from '../pull/discover-remote';
import { ReconcileRemote } from '../pull/reconcile-remote';
import { RecordConflicts } from '../pull/record-conflicts';
import { StorePulled } from '../pull/store-pulled';

/**
 * Takes commits of others into Dot that reached a work branch between Dot's last look and the start of the next one. There is no base for
 * it any more: the later text wins, and nothing is deleted.
 */
@Injectable()
export class TakeUnread {
  constructor(
    private readonly discover: DiscoverRemote,
    private readonly reconcile: ReconcileRemote,
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
    const decisions: Decision[] = [];
    for await (const decision of this.reconcile.execute(request, changes)) decisions.push(decision);
    await pass.checkpoint(async () => {
      const change = await this.storePulled.execute(pass, changes, { decisions });
      await this.recordConflicts.execute(pass, decisions, change);
      const proposal = {
        ...pass.proposal!,
        superseded: { ...pass.proposal!.superseded!, head: headOf(changes) },
      };
      return {
        state: {
          proposal: change ? withReviewed(proposal, change.revision) : proposal,
          ...(change && { snapshotDue: true }),
        },
      };
    });
  }
}

const headOf = ({ head }: { readonly head: { readonly id: string } | null }): string => head?.id ?? '';
