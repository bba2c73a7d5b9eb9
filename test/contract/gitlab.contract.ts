import { describeCommitStatuses, describeStatusRights } from './gitlab/commit-statuses';
import { describeFaults } from './gitlab/faults';
import { describeHooks } from './gitlab/hooks';
import { describeHistory } from './gitlab/history';
import { describeMergeRequests } from './gitlab/merge-requests';
import { describeOddRepositories } from './gitlab/odd-repositories';
import { describeProjectsAndBranches } from './gitlab/projects-and-branches';
import { describeReading } from './gitlab/reading';
import { describeReviews } from './gitlab/reviews';
import { describeRights } from './gitlab/rights';
import type { AdministeredSubject, Arrange } from './gitlab/subject';
import { describeTokens } from './gitlab/tokens';
import { describeWriting } from './gitlab/writing';

/** Describes what every GitLab must do, the real one included. Nothing may rely on behaviour that is not listed here. */
export function describeGitLabContract(name: string, arrange: Arrange): void {
  describe(`GitLab contract: ${name}`, () => {
    describe('projects and branches', () => describeProjectsAndBranches(arrange));
    describe('reading', () => describeReading(arrange));
    describe('history', () => describeHistory(arrange));
    describe('writing', () => describeWriting(arrange));
    describe('statuses of commits', () => describeCommitStatuses(arrange));
    describe('merge requests', () => describeMergeRequests(arrange));
    describe('webhooks', () => describeHooks(arrange));
  });
}

/** The same, and the behaviour that only an administrator of the instance can arrange. */
export function describeAdministeredGitLabContract(
  name: string,
  arrange: Arrange<AdministeredSubject>,
): void {
  describeGitLabContract(name, arrange);
  describe(`GitLab contract, administered: ${name}`, () => {
    describe('tokens', () => describeTokens(arrange));
    describe('rights', () => describeRights(arrange));
    describe('rights to post statuses', () => describeStatusRights(arrange));
    describe('merge requests', () => describeReviews(arrange));
    describe('odd repositories', () => describeOddRepositories(arrange));
    describe('faults', () => describeFaults(arrange));
  });
}
