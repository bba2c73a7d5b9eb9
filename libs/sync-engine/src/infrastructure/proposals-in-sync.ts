import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ContextStore } from '@app/context-store';
import { inert } from '@app/kernel';
import { ProjectConfigService, ProposalFacts, type ProposalFact, type SyncTarget } from '@app/project-config';
import { SyncStates } from '../application/ports/sync-states.port';
import { publishingWarnings } from '../application/queries/publishing-warnings';

/** Gives the project's view its merge request, and warnings about changes that wait. */
@Injectable()
export class ProposalsInSync extends ProposalFacts implements OnModuleInit {
  constructor(
    private readonly projects: ProjectConfigService,
    private readonly states: SyncStates,
    private readonly store: ContextStore,
  ) {
    super();
  }

  onModuleInit(): void {
    this.projects.useProposals(this);
  }

  async of(target: SyncTarget): Promise<ProposalFact> {
    const { targetId, proposal, pushedRevision } = await this.states.load(target.org);
    if (targetId !== target.id) return { mergeRequest: null, warnings: [] };
    const proposes = target.publish === 'merge_request';
    const waiting =
      proposes && !proposal ? await this.store.countMadeInDotAfter(target.org, pushedRevision) : 0;
    const warnings = publishingWarnings(target, proposal, waiting);
    const seen = proposes || warnings.length ? proposal?.mergeRequest : null;
    if (!seen) return { mergeRequest: null, warnings };
    const { iid, webUrl, state, title, changes, conflict, updatedAt } = seen;
    return {
      mergeRequest: {
        ...{ iid, webUrl, state, title: inert(title), changes, conflict },
        updatedAt: updatedAt.toISOString(),
      },
      warnings,
    };
  }
}
