import {
  BranchProtected,
  FileChanged,
  GitLabUnavailable,
  ProjectArchived,
  PushRefused,
  RateLimited,
  TokenRejected,
} from '@app/gitlab';
import { DatabaseUnavailable } from '@app/kernel';
import { BranchGone, LeaseLost, MassDeleteUnconfirmed, RunOver } from './sync.errors';
import { decideRetry, type RetryDecision } from './retry-policy';

describe('decideRetry', () => {
  it.each<[string, unknown, Partial<RetryDecision>]>([
    ['a lost lease', new LeaseLost(), { kind: 'ignore' }],
    ['a cancelled run', new RunOver(), { kind: 'ignore' }],
    [
      'a mass deletion',
      new MassDeleteUnconfirmed(5, 5),
      { kind: 'confirm', code: 'mass_delete_unconfirmed' },
    ],
    ['a rate limit', new RateLimited(7000), { kind: 'retry', by: 'gitlab', afterMs: 7000 }],
    ["Dot's own limit", new RateLimited(7000, 'dot'), { kind: 'retry', code: 'rate_limited', by: 'dot' }],
    ['an outage', new GitLabUnavailable('500'), { kind: 'retry', code: 'gitlab_unavailable' }],
    [
      'an unavailable database',
      new DatabaseUnavailable(null),
      { kind: 'retry', code: 'database_unavailable' },
    ],
    ['a moving file', new FileChanged('changed', 'a.md'), { kind: 'retry' }],
    [
      'a protected branch',
      new BranchProtected('main'),
      { kind: 'block', scope: 'push', code: 'branch_protected' },
    ],
    ['an archived project', new ProjectArchived(), { kind: 'block', scope: 'push' }],
    ['a push rule', new PushRefused('no'), { kind: 'block', scope: 'push' }],
    ['a dead token', new TokenRejected('expired'), { kind: 'block', scope: 'all', code: 'token_rejected' }],
    ['a vanished branch', new BranchGone('main'), { kind: 'block', scope: 'all', code: 'branch_gone' }],
    ['a bug', new TypeError('x is undefined'), { kind: 'retry', code: 'internal', bug: true }],
  ])('%s', (_, error, decision) => {
    expect(decideRetry(error, 0)).toMatchObject(decision);
  });

  it('blocks at last when an unforeseen error stays, and never shows its text', () => {
    const decision = decideRetry(new TypeError('token glpat-1 is undefined'), 8);
    expect(decision).toMatchObject({ kind: 'block', scope: 'all', code: 'internal' });
    expect(JSON.stringify(decision)).not.toContain('glpat');
  });
});
