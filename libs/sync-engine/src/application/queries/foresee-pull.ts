import { Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { ProjectConfigService, type Draft, type SyncTarget } from '@app/project-config';
import type { GitLab } from '@app/gitlab';
import type { Decision } from '../../domain/decision';
import type { Quarantined } from '../../domain/findings';
import { SyncPolicy } from '../../domain/sync-policy';
import { comparedAs } from '../../domain/sync-state';
import { SyncStates } from '../ports/sync-states.port';
import { AdmitFiles } from '../pull/admit-files';
import { DiscoverRemote } from '../pull/discover-remote';
import { ReconcileRemote } from '../pull/reconcile-remote';

export interface ForeseenPull {
  /** The commit that was read; null for an empty repository. */
  readonly head: string | null;
  readonly decisions: readonly Decision[];
  /** The base is that of another target, or there is none. */
  readonly withoutBase: boolean;
  readonly policy: SyncPolicy;
  readonly target: SyncTarget;
  readonly gitlab: GitLab;
  /** True if a work branch carries changes. */
  readonly proposes: boolean;
  /** Which files GitLab keeps in LFS. */
  readonly lfsRules: string;
  /** The files kept out at this target. */
  readonly quarantined: ReadonlyMap<string, Quarantined>;
}

/** Returns the decisions of a pull without carrying them out. */
@Injectable()
export class ForeseePull {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly discover: DiscoverRemote,
    private readonly reconcile: ReconcileRemote,
    private readonly admitFiles: AdmitFiles,
  ) {}

  /** Uses the configured target or a draft. @throws NotConnected, NotConfigured, and GitLab's refusals */
  async execute(org: OrgId, draft?: Draft): Promise<ForeseenPull> {
    const { target, gitlab } = draft
      ? await this.projects.openDraft(org, draft)
      : await this.projects.open(org, { priority: 'interactive' });
    const state = await this.states.load(org);
    const current = state.targetId === target.id;
    const policy = new SyncPolicy(target);
    const request = {
      ...{ org, gitlab, repo: target, policy },
      since: current && comparedAs(state, target.scope) ? state.baseCommit : null,
      onConflict: policy.conflictPolicy(state),
      withoutBase: !current,
      proposal: current ? state.proposal : null,
    };
    const changes = await this.discover.changes(request);
    const decisions: Decision[] = [];
    for await (const decision of this.reconcile.execute(request, changes)) decisions.push(decision);
    const admitted = await this.admitFiles.execute(org, decisions);
    const lfsRules = changes.lfsRules ?? (current ? state.lfsRules : null) ?? '';
    const { head, quarantined } = changes;
    const proposes = current && Boolean(state.proposal?.cycle);
    return {
      ...{ head: head?.id ?? null, decisions: admitted.decisions, withoutBase: !current, proposes },
      ...{ policy, target, gitlab, lfsRules, quarantined },
    };
  }
}
