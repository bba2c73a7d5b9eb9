import { Inject, Injectable } from '@nestjs/common';
import type { OrgId } from '@app/kernel';
import { QuarantineFiles } from '../guards/quarantine-files';
import { ProposedEntries } from '../ports/proposed-entries.port';
import { onWork } from './on-work-branch';
import { WorkFindings } from './work-findings';

/** Forgets the entries and findings of a work branch that is over or left. */
@Injectable()
export class ForgetWorkBranch {
  constructor(
    private readonly proposed: ProposedEntries,
    private readonly findings: WorkFindings,
    @Inject(onWork(QuarantineFiles)) private readonly quarantine: QuarantineFiles,
  ) {}

  /** Joins the caller's transaction. */
  async execute(org: OrgId): Promise<void> {
    await this.proposed.forget(org, 'all');
    await this.quarantine.letIn(org, await this.findings.own(org));
  }
}
