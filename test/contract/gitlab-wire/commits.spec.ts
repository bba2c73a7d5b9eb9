import { createAction, Wire } from './wire';

describe('GitLab on the wire: commits', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  it('answer 201 with the commit', async () => {
    const answer = await wire.commit({
      actions: [createAction('a.md')],
      author_name: 'Bob',
      author_email: 'bob@example.com',
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        id: wire.instance.git.head(wire.id, 'main'),
        message: 'm',
        author_name: 'Bob',
        author_email: 'bob@example.com',
        committer_name: 'Ada',
        committed_date: '2026-01-01T00:00:00.000+00:00',
        stats: { additions: 1, deletions: 0, total: 1 },
      },
    });
  });

  const action = (more: Record<string, unknown>) => ({
    actions: [{ action: 'create', file_path: 'a.md', ...more }],
  });
  it.each([
    [{ branch: 1 }, 'branch must be a string'],
    [{ commit_message: 1 }, 'commit_message must be a string'],
    [{ author_name: [] }, 'author_name must be a string'],
    [{ commit_message: '' }, 'commit_message is required'],
    [{}, 'Provide at least one action, or set allow_empty to true'],
    [{ allow_empty: 1 }, 'allow_empty must be a boolean'],
    [{ actions: {} }, 'actions must be an array'],
    [{ actions: [{}], start_branch: 'a', start_sha: 'b' }, 'start_branch, start_sha are mutually exclusive'],
    [action({ file_path: 1 }), 'actions[0][file_path] must be a string'],
    [{ actions: [{ file_path: 'a' }] }, 'actions[0][action] is required'],
    [{ actions: [{ action: 'create' }] }, 'actions[0][file_path] is required'],
    [action({ action: 'x' }), 'actions[0][action] must be one of: create, update, move, delete, chmod'],
    [action({ encoding: 'x' }), 'actions[0][encoding] must be text or base64'],
    [action({ action: 'update' }), 'actions[0][content] is required for update action'],
    [action({ action: 'move' }), 'actions[0][previous_path] is required for move action'],
    [action({ action: 'chmod' }), 'actions[0][execute_filemode] is required for chmod action'],
  ])('are checked before anything else: %j', async (body, why) => {
    expect(await wire.commit(body)).toMatchObject({
      status: 400,
      body: { message: `400 Bad request - ${why}` },
    });
  });

  it.each([
    [{ start_sha: 'x', actions: [createAction('a')] }, "Invalid start_sha 'x'"],
    [
      { start_sha: 'f'.repeat(40), actions: [createAction('a')] },
      `Cannot find start_sha '${'f'.repeat(40)}'`,
    ],
    [
      { branch: 'none', actions: [createAction('a')] },
      'You can only create or edit files when you are on a branch',
    ],
    [
      { branch: 'side', start_branch: 'main', actions: [createAction('a')] },
      "A branch called 'side' already exists. Switch to that branch in order to make changes",
    ],
    [
      { branch: 'a..b', start_branch: 'main', actions: [createAction('a')] },
      "Something went wrong when we tried to create 'a..b' for you: Branch name is invalid",
    ],
    [{ actions: [createAction('README.md')] }, 'A file with this name already exists'],
    [{ actions: [{ action: 'delete', file_path: 'none' }] }, "A file with this name doesn't exist"],
    [
      { actions: [{ action: 'move', file_path: 'dir', previous_path: 'README.md' }] },
      'A directory with this name already exists',
    ],
    [{ actions: [createAction('../a')] }, 'Path cannot include directory traversal'],
    [{ actions: [createAction('a//b')] }, "invalid path: 'a//b'"],
    [{ actions: [createAction('.git/config')] }, "invalid path: '.git/config'"],
    [{ actions: [createAction('/')] }, 'You must provide a file path'],
  ])('are refused by the service in bare words: %j', async (body, message) => {
    wire.instance.git.push(wire.id, 'main', { files: { 'dir/a.md': 'a\n' } });
    wire.instance.git.createBranch(wire.id, 'side');
    expect(await wire.commit(body)).toMatchObject({ status: 400, body: { message } });
  });

  it('put the right to push before the rest of the form', async () => {
    wire.instance.archive(wire.id);
    expect(await wire.commit({ commit_message: 1 })).toMatchObject({
      status: 403,
      body: { message: '403 Forbidden - You are not allowed to push into this branch' },
    });
  });

  it('name the file that was changed', async () => {
    const seen = wire.instance.git.head(wire.id, 'main');
    wire.instance.git.push(wire.id, 'main', { files: { 'README.md': 'theirs\n' } });
    const stale = { action: 'update', file_path: 'README.md', content: 'ours\n', last_commit_id: seen };
    expect(await wire.commit({ actions: [stale] })).toMatchObject({
      body: { message: 'The file has changed since you started editing it: README.md' },
    });
    const single = await wire.call('PUT', `${wire.project}/repository/files/README.md`, {
      branch: 'main',
      commit_message: 'm',
      content: 'ours\n',
      last_commit_id: seen,
    });
    expect(single.body.message).toBe(
      'You are attempting to update a file that has changed since you started editing it.',
    );
  });

  it('overwrite an existing branch when a start is forced', async () => {
    const first = wire.instance.git.head(wire.id, 'main');
    wire.instance.git.push(wire.id, 'main', { files: { 'theirs.md': 't\n' } });
    const { status, body } = await wire.commit({
      start_sha: first,
      force: true,
      actions: [createAction('ours.md')],
    });
    expect([status, body.parent_ids]).toEqual([201, [first]]);
  });

  it('apply several actions to one path in turn', async () => {
    const actions = [createAction('a.md'), { action: 'update', file_path: './a.md', content: 'y\n' }];
    expect((await wire.commit({ actions })).status).toBe(201);
    expect(wire.instance.git.read(wire.id, 'main', 'a.md')?.toString()).toBe('y\n');
  });

  it('keep large files in LFS if the repository says so, when they are created', async () => {
    wire.instance.git.push(wire.id, 'main', { files: { '.gitattributes': '*.big filter=lfs diff=lfs\n' } });
    await wire.commit({ actions: [createAction('a.big', 'content\n')] });
    expect(wire.instance.git.read(wire.id, 'main', 'a.big')?.toString()).toContain('oid sha256:');
    const raw = `${wire.project}/repository/files/a.big/raw`;
    expect((await wire.call('GET', `${raw}?lfs=true`)).body).toBe('content\n');
  });

  it('keep no file in LFS if the project has LFS switched off', async () => {
    wire.instance.git.push(wire.id, 'main', { files: { '.gitattributes': '*.big filter=lfs\n' } });
    wire.instance.setLfs(wire.id, false);
    await wire.commit({ actions: [createAction('a.big', 'content\n')] });
    expect(wire.instance.git.read(wire.id, 'main', 'a.big')?.toString()).toBe('content\n');
  });

  it('must be JSON', async () => {
    expect(await wire.call('POST', wire.commits, '{')).toMatchObject({
      status: 400,
      body: { message: 'Invalid json', error: 'Invalid json' },
    });
    const text = await wire.call('POST', wire.commits, 'x', { 'content-type': 'text/plain' });
    expect(text.body.message).toBe('400 Bad request - Unsupported Content-Type: text/plain');
  });

  it('over 20 MB are throttled: three in half a minute', async () => {
    await wire.stop();
    await wire.start({ largeCommitBytes: 1000 });
    const large = (branch: string) =>
      wire.commit({ actions: [createAction('a.md', 'x'.repeat(1000))], branch, start_branch: 'main' });
    const statuses: number[] = [];
    for (const branch of ['a', 'b', 'c', 'd']) statuses.push((await large(branch)).status);
    expect(statuses).toEqual([201, 201, 201, 429]);
    wire.clock.advance(31_000);
    expect((await large('e')).status).toBe(201);
  });
});
