import type { CommitAction, CommitRequest } from '../../gitlab.types';
import { repo } from '../spec-support/local-server';
import { commitError } from './commit-errors';

const content = Buffer.from('x');
const create: CommitAction = { op: 'create', path: 'new.md', content };
const update: CommitAction = { op: 'update', path: 'old.md', content };
const move: CommitAction = { op: 'move', from: 'from.md', path: 'to.md' };

function errorFor(
  status: number,
  text: string,
  actions: CommitAction[] = [create, update],
  start?: CommitRequest['start'],
) {
  const said = { status, text, code: '', neededScopes: [], json: true, location: '' };
  const author = { name: 'Ada', email: 'ada@example.com' };
  return commitError(said, repo, { message: 'm', author, base: 'c1', actions, start });
}

describe('commitError of a commit that creates its branch', () => {
  it.each<[string, CommitRequest['start'], object]>([
    [
      "A branch called 'main' already exists. Switch to that branch in order to make changes",
      { branch: 'x' },
      { code: 'branch_exists', branch: 'main' },
    ],
    [
      "Something went wrong when we tried to create 'main' for you: Branch already exists",
      { branch: 'x' },
      { code: 'branch_exists' },
    ],
    [
      "Something went wrong when we tried to create 'main' for you: Branch name is invalid",
      { branch: 'x' },
      { code: 'work_branch_refused', branch: 'main' },
    ],
    [
      "Branch name does not follow the pattern '^feature/'",
      undefined,
      { code: 'work_branch_refused', said: expect.stringContaining('^feature/') },
    ],
    [
      '9:reference update: "refs/heads/main" conflicts with "refs/heads/main/x"',
      { branch: 'x' },
      { code: 'work_branch_name_taken', branch: 'main' },
    ],
    [
      "cannot lock ref 'refs/heads/main': 'refs/heads/main/x' exists; cannot create 'refs/heads/main'",
      { branch: 'x' },
      { code: 'work_branch_name_taken' },
    ],
    ["Cannot find start_sha 'c9'", { commit: 'c9' }, { code: 'commit_unknown', commit: 'c9' }],
    ["Invalid start_sha 'c9'", { commit: 'c9' }, { code: 'commit_unknown', commit: 'c9' }],
    [
      'You can only create or edit files when you are on a branch',
      { branch: 'gone' },
      { code: 'branch_not_found', branch: 'gone' },
    ],
    [
      'You can only create or edit files when you are on a branch',
      { commit: 'c9' },
      { code: 'branch_not_found', branch: 'main' },
    ],
  ])('%s', (text, start, error) => {
    expect(errorFor(400, text, [create], start)).toMatchObject(error);
  });
});

describe('commitError', () => {
  it.each([
    [
      400,
      'The file has changed since you started editing it: notes/a b: c.md',
      { code: 'file_changed', reason: 'changed', path: 'notes/a b: c.md' },
    ],
    [
      400,
      'You are attempting to update a file that has changed since you started editing it.',
      { reason: 'changed', path: null },
    ],
    [400, 'A file with this name already exists', { code: 'file_changed', reason: 'exists', path: 'new.md' }],
    [400, 'A directory with this name already exists', { reason: 'exists' }],
    [400, "A file with this name doesn't exist", { code: 'file_changed', reason: 'missing', path: 'old.md' }],
    [
      400,
      'You can only create or edit files when you are on a branch',
      { code: 'branch_not_found', branch: 'main' },
    ],
    [
      400,
      '9:reference update: reference does not point to expected object',
      { code: 'file_changed', reason: 'branch-moved' },
    ],
    [
      400,
      'Could not update refs/heads/main. Please refresh and try again.',
      { code: 'file_changed', reason: 'branch-moved' },
    ],
    [403, '403 Forbidden - You are not allowed to push into this branch', { code: 'branch_protected' }],
    [400, 'You are not allowed to push into this branch', { code: 'branch_protected' }],
    [
      400,
      'You are not allowed to push code to protected branches on this project.',
      { code: 'branch_protected' },
    ],
    [400, "Commit message does not follow the pattern 'JIRA-\\d+'", { code: 'push_refused' }],
    [400, 'File name notes/a.md was prohibited by the pattern', { code: 'push_refused' }],
    [400, 'PUSH BLOCKED: Secrets detected in code changes', { code: 'push_refused' }],
    [400, '400 Bad request - branch is required', { code: 'push_refused' }],
    [400, "invalid path: 'a//b'", { code: 'push_refused', said: "invalid path: 'a//b'" }],
    [400, 'Path cannot include directory traversal', { code: 'push_refused' }],
    [400, 'The file has changed since you started editing it', { reason: 'changed', path: null }],
    [400, 'Hook: The file has changed since you started editing it: a', { code: 'push_refused' }],
    [400, 'The file has changed since you started editing it, says a hook', { code: 'push_refused' }],
    [400, 'Hook: A file with this name already exists', { code: 'push_refused' }],
    [400, "Hook: A file with this name doesn't exist", { code: 'push_refused' }],
    [400, 'Line 14: is too long', { code: 'push_refused' }],
    [400, '4:Deadline Exceeded', { code: 'gitlab_unavailable', outcomeUnknown: true }],
    [400, 'Unknown error performing git operation', { code: 'gitlab_unavailable', outcomeUnknown: true }],
  ])('understands %i %s', (status, text, expected) => {
    expect(errorFor(status, text)).toMatchObject(expected);
  });

  it('names a path only if exactly one action can be meant', () => {
    expect(errorFor(400, 'A file with this name already exists', [create, move])).toMatchObject({
      path: null,
    });
    expect(errorFor(400, "A file with this name doesn't exist", [move])).toMatchObject({ path: 'from.md' });
    expect(errorFor(400, 'A file with this name already exists', [move])).toMatchObject({ path: 'to.md' });
  });

  it('leaves other statuses to the common table', () => {
    expect(errorFor(404, '404 Repository Not Found')).toBeUndefined();
    expect(errorFor(403, '403 Forbidden')).toBeUndefined();
    expect(errorFor(500, 'You are not allowed to push into this branch')).toBeUndefined();
  });
});
