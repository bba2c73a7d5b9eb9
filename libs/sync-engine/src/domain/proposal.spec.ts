import type { MergeRequestStatus } from './merge-request';
import { abandoned, landed, newProposal, withCycle, withReviewed, type Proposal } from './proposal';

const request: MergeRequestStatus = {
  ...{ iid: 12, webUrl: 'https://gitlab.com/acme/context/-/merge_requests/12', state: 'opened' },
  ...{ title: 'Update', changes: 1, conflict: false, updatedAt: new Date(0), ours: true },
  ...{ branch: 'dot/context', written: null },
};
const begun = withCycle(newProposal(3), 'dot/context', 'start');
const pushed: Proposal = {
  ...begun,
  cycle: { ...begun.cycle!, exists: true, head: 'head' },
  mergeRequest: request,
  reviewed: [5],
};

describe('A proposal', () => {
  it('begins at the target, on a branch that does not exist yet', () => {
    expect(begun).toMatchObject({
      landedRevision: 3,
      cycle: { branch: 'dot/context', start: 'start', head: 'start', exists: false },
      mergeRequest: null,
    });
  });

  it.each([
    ['leaves an open merge request of ours to be closed', pushed, 12],
    ['leaves one of others open', { ...pushed, mergeRequest: { ...request, ours: false } }, null],
    [
      'leaves one that a person closed',
      { ...pushed, mergeRequest: { ...request, state: 'closed' as const } },
      null,
    ],
  ])('that is abandoned %s', (_, proposal, iid) => {
    expect(abandoned(proposal)).toMatchObject({
      cycle: null,
      superseded: { branch: 'dot/context', head: 'head', iid },
      landedRevision: 3,
      reviewed: [5],
    });
  });

  it('that is abandoned leaves nothing of a branch that was never made', () => {
    expect(abandoned(begun)).toMatchObject({ cycle: null, superseded: null });
  });

  it('that has landed keeps only its merge request', () => {
    const refused = { ...pushed, refusal: { how: 'closed', revision: 4 } } as const;
    expect(landed(refused, 9)).toEqual({ ...newProposal(9), mergeRequest: request });
  });

  it('notes a bounded number of reviewers’ changes', () => {
    let proposal = newProposal(0);
    for (let revision = 1; revision <= 1_005; revision++) proposal = withReviewed(proposal, revision);
    expect([proposal.reviewed.length, proposal.reviewed[0], proposal.reviewed.at(-1)]).toEqual([
      1000, 6, 1005,
    ]);
  });
});
