import { Injectable } from '@nestjs/common';
import { CredentialsService } from '@app/credentials';
import type { Repo } from '@app/gitlab';
import { DomainError, type OrgId, type Scope } from '@app/kernel';
import { scopeWarnings, type ScopeWarning } from '../domain/scope-warnings';

/** A person waits for the answer, so the check must be short. */
const LONGEST_MS = 5_000;

/** Compares a scope with the branch it is set for. */
@Injectable()
export class CheckScope {
  constructor(private readonly credentials: CredentialsService) {}

  /** Returns the warnings; none if GitLab does not answer in time, because a scope may be set without them. */
  async execute(org: OrgId, repo: Repo, scope: Scope): Promise<readonly ScopeWarning[]> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    try {
      const { gitlab } = await this.credentials.open(org, { priority: 'interactive', signal });
      const { head } = await gitlab.branch(repo.projectId, repo.branch);
      const tree = await gitlab.tree(repo, head.id);
      return scopeWarnings(scope, [...tree.keys()]);
    } catch (error) {
      if (error instanceof DomainError || signal.aborted) return [];
      throw error;
    }
  }
}
