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
import { decideRetry, type Verdict } from './retry-policy';

describe('decideRetry', () => {
  it.each<[string, unknown, Partial<Verdict>]>([
    ['a lost lease', new LeaseLost(), { kind: 'leave' }],
    ['a cancelled run', new RunOver(), { kind: 'leave' }],
    ['a mass deletion', new MassDeleteUnconfirmed(5, 5), { kind: 'ask', code: 'mass_delete_unconfirmed' }],
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
      { kind: 'stop', scope: 'push', code: 'branch_protected' },
    ],
    ['an archived project', new ProjectArchived(), { kind: 'stop', scope: 'push' }],
    ['a push rule', new PushRefused('no'), { kind: 'stop', scope: 'push' }],
    ['a dead token', new TokenRejected('expired'), { kind: 'stop', scope: 'all', code: 'token_rejected' }],
    ['a vanished branch', new BranchGone('main'), { kind: 'stop', scope: 'all', code: 'branch_gone' }],
    ['a bug', new TypeError('x is undefined'), { kind: 'retry', code: 'internal', bug: true }],
  ])('%s', (_, error, verdict) => {
    expect(decideRetry(error, 0)).toMatchObject(verdict);
  });

  it('stops at last when an unforeseen error stays, and never shows its text', () => {
    const verdict = decideRetry(new TypeError('token glpat-1 is undefined'), 8);
    expect(verdict).toMatchObject({ kind: 'stop', scope: 'all', code: 'internal' });
    expect(JSON.stringify(verdict)).not.toContain('glpat');
  });
});
