import type { MergeRequestStatus } from '../../domain/merge-request';
import { newProposal, withCycle, type Proposal } from '../../domain/proposal';
import { publishingWarnings } from './publishing-warnings';

const target = { branch: 'main', workBranch: 'dot/context' };
const begun = withCycle(newProposal(1), 'dot/context', 'abc');
const proposed: Proposal = { ...begun, cycle: { ...begun.cycle!, exists: true } };
const request: MergeRequestStatus = {
  ...{ iid: 12, webUrl: '', state: 'opened', title: '', changes: 1, conflict: false },
  ...{ updatedAt: new Date(0), ours: true, branch: 'dot/context', written: null },
};

describe('The warning about changes that wait', () => {
  it.each([
    ['direct', null, 3, []],
    ['direct', begun, 0, []],
    ['direct', proposed, 0, [/changes of dot\/context have not landed; the next push commits them to main$/]],
    ['direct', { ...proposed, mergeRequest: request }, 0, [/!12 .* to main and closes the merge request$/]],
    ['direct', { ...proposed, mergeRequest: { ...request, ours: false } }, 0, [/!12 .* to main$/]],
    ['merge_request', null, 0, []],
    [
      'merge_request',
      null,
      1,
      [/^1 change is not pushed yet; the next push proposes it by .* from dot\/context$/],
    ],
    ['merge_request', null, 2, [/^2 changes are .* proposes them/]],
    ['merge_request', proposed, 2, []],
  ] as const)('in mode %s, with %j and %i changes', (publish, proposal, waiting, expected) => {
    const warnings = publishingWarnings({ ...target, publish }, proposal, waiting);
    expect(warnings).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });
});
