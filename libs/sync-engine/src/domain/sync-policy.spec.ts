import { Scope } from '@app/kernel';
import type { ConflictPolicy } from './conflict';
import { SyncPolicy, type PolicyTarget } from './sync-policy';

const policyOf = (onConflict: PolicyTarget['onConflict']) =>
  new SyncPolicy({ id: 'present', scope: new Scope(['docs']), onConflict });

describe('SyncPolicy', () => {
  it('syncs the scope of the target in both directions, and nothing else', () => {
    const policy = policyOf('newest');
    for (const asks of [policy.mayPush, policy.mayPull, policy.isSynced]) {
      expect(asks.call(policy, 'docs/a.md')).toBe(true);
      expect(asks.call(policy, 'notes/a.md')).toBe(false);
    }
  });

  it.each<[string, PolicyTarget['onConflict'], string | null, string[] | null, ConflictPolicy]>([
    ['the first sync follows the choice for Dot', 'dot', 'present', null, 'local'],
    ['the first sync follows the choice for GitLab', 'gitlab', 'present', null, 'remote'],
    ['the first sync of no choice takes the newest', 'newest', 'present', null, 'newest'],
    ['a later sync takes the newest', 'gitlab', 'present', ['docs'], 'newest'],
    ['another target makes it a first sync again', 'dot', 'former', ['docs'], 'local'],
  ])('%s', (_, onConflict, targetId, directories, expected) => {
    expect(policyOf(onConflict).conflictPolicy({ targetId, directories })).toBe(expected);
  });
});
