import { recordedPayloads } from '../../../../test/support/webhook-payloads';
import { reasonToIgnoreMergeRequest, type MergeRequestHint } from './merge-request-hint';
import { readHint } from './push-hint';

const recorded = recordedPayloads().filter(({ event }) => event === 'Merge Request Hook');

const hintOf = (body: unknown): MergeRequestHint | undefined =>
  readHint(Buffer.from(JSON.stringify(body))).mergeRequest;

describe('The hint about a merge request', () => {
  it('has the fields of the payload', () => {
    const object_attributes = {
      ...{ iid: 3, action: 'update', source_branch: 'dot/context', target_branch: 'main' },
      ...{ source_project_id: 7, target_project_id: '8', last_commit: { id: 'a' }, oldrev: 'b' },
    };
    expect(hintOf({ object_kind: 'merge_request', object_attributes })).toEqual({
      ...{ iid: 3, action: 'update', source: 'dot/context', target: 'main' },
      ...{ sourceProjectId: '7', targetProjectId: '8', head: 'a', before: 'b' },
    });
  });

  it.each([
    ['nothing', {}],
    ['no attributes', { object_attributes: null }],
    ['a list', { object_attributes: [1] }],
    ['no commit', { object_attributes: { last_commit: null, iid: 1.5, action: {} } }],
    ['a long name', { object_attributes: { source_branch: 'x'.repeat(1_001) } }],
  ])('is empty for %s', (_name, more) => {
    const hint = hintOf({ object_kind: 'merge_request', ...more });
    expect(Object.values(hint!).filter((value) => value !== undefined)).toEqual([]);
  });

  it('is absent for other events', () => {
    expect(hintOf({ object_kind: 'note', object_attributes: { iid: 1 } })).toBeUndefined();
  });

  if (recorded.length)
    it.each(recorded)('is read from what real instances send: $name', ({ bytes }) => {
      const hint = readHint(bytes).mergeRequest;
      const { object_attributes: sent } = JSON.parse(bytes.toString()) as {
        object_attributes: Record<string, unknown>;
      };
      expect(hint).toMatchObject({
        ...(sent.iid !== undefined && { iid: sent.iid }),
        ...(sent.source_branch !== undefined && { source: sent.source_branch, target: sent.target_branch }),
        ...(sent.target_project_id !== undefined && { targetProjectId: String(sent.target_project_id) }),
      });
      const watched = {
        ...{ projectId: Number(sent.target_project_id ?? 0), branch: 'main' },
        ...{ workBranch: 'dot/context', workCommit: null },
      };
      const reason = reasonToIgnoreMergeRequest(hint!, watched);
      if (/approv/.test(String(sent.action))) expect(reason).toBe('other_event');
      else expect(reason).toBe(sent.source_branch === undefined ? null : 'other_branch');
    });
  else it.skip('is read from recorded payloads: TEST_GITLAB_PAYLOADS names their directory', () => undefined);
});
