import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@app/audit';
import type { Actor, OrgId } from '@app/kernel';
import type { RunIntent } from '../domain/run';
import { DecideProposal } from './requests/decide-proposal';
import { runView, type RunView } from './run.view';

/** Answers people's requests about closed merge requests, and records each in the audit log. */
@Injectable()
export class MergeRequestApi {
  /** @internal */
  constructor(
    private readonly decisions: DecideProposal,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Opens a merge request again that a person refused. Returns the push that does it.
   * @throws `not_connected`, `not_configured`
   */
  propose(org: OrgId, by: Actor): Promise<RunView> {
    return this.decide('propose', org, by);
  }

  /**
   * Takes the branch's texts back in place of the proposal, as one change. Returns the pull that does it.
   * @throws `not_connected`, `not_configured`
   */
  discard(org: OrgId, by: Actor): Promise<RunView> {
    return this.decide('discard', org, by);
  }

  private decide(intent: RunIntent, org: OrgId, by: Actor): Promise<RunView> {
    const attempt = { org, action: `proposal.${intent}`, by, target: null };
    return this.trail.attempt(attempt, async (act) =>
      runView(await this.decisions.execute(org, intent, act)),
    );
  }
}
