import * as errors from './sync.errors';

describe('An error of the sync', () => {
  it.each([
    [new errors.RunNotFound('r'), 'not-found', 'not_found', /no sync run r\. List/],
    [new errors.ConflictNotFound('c'), 'not-found', 'not_found', /List the conflicts/],
    [new errors.RemoteFileNotFound('a'), 'not-found', 'not_found', /See the files/],
    [new errors.RunNotAwaiting(), 'conflict', 'run_not_awaiting_confirmation', /start a new pull/],
    [new errors.RunOver(), 'conflict', 'run_over', /has ended/],
    [
      new errors.MassDeleteUnconfirmed(3, 4),
      'refused-upstream',
      'mass_delete_unconfirmed',
      /3 of 4 files. Confirm/,
    ],
    [new errors.BranchGone('main'), 'refused-upstream', 'branch_gone', /Branch main .* Create it/],
    [new errors.ProjectGone(), 'refused-upstream', 'project_gone', /Restore the access/],
    [new errors.FileNotHeld('a'), 'not-found', 'not_found', /See the files/],
    [new errors.LeaseLost(), 'conflict', 'lease_lost', /Another worker/],
    [new errors.KeptMoving(), 'unavailable', 'kept_moving', /retried automatically/],
  ])('%s', (error, kind, code, message) => {
    expect(error).toMatchObject({ kind, code, message: expect.stringMatching(message) });
  });

  it('says which files, and when', () => {
    expect(new errors.MassDeleteUnconfirmed(1, 2).paths).toEqual([]);
    expect(new errors.MassDeleteUnconfirmed(1, 2, ['a']).paths).toEqual(['a']);
    expect(new errors.KeptMoving().retryAfterMs).toBe(1_000);
  });
});
