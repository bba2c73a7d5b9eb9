import { createAction, Wire, type WireAnswer } from './wire';

const WORK = 'dot/context';

describe('GitLab on the wire: merge requests', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  const list = () => `${wire.project}/merge_requests`;
  const one = (iid = 1) => `${list()}/${iid}`;
  const body = { source_branch: WORK, target_branch: 'main', title: 'Dot' };
  const work = (file: string, more: object = {}) =>
    wire.commit({ branch: WORK, actions: [createAction(file)], ...more });
  const open = async (more: object = {}): Promise<WireAnswer> => {
    await work('a.md', { start_branch: 'main' });
    return wire.call('POST', list(), { ...body, ...more });
  };

  it.each<[string, object, number, object]>([
    [
      'nothing',
      { source_branch: undefined, title: undefined },
      400,
      { error: 'title is missing, source_branch is missing' },
    ],
    [
      'one branch twice',
      { source_branch: 'main' },
      422,
      { message: ["You can't use same project/branch for source and target"] },
    ],
    ['an unknown source', { source_branch: 'x' }, 400, { message: { source_branch: ['does not exist'] } }],
    [
      'unknown branches',
      { source_branch: 'x', target_branch: 'y' },
      400,
      { message: { source_branch: ['does not exist'], target_branch: ['does not exist'] } },
    ],
    ['a blank title', { title: ' ' }, 400, { message: { title: ["can't be blank"] } }],
    [
      'a long title',
      { title: 'x'.repeat(256) },
      400,
      { message: { title: ['is too long (maximum is 255 characters)'] } },
    ],
    [
      'a large description',
      { description: 'é'.repeat(524_289) },
      400,
      { message: { description: [expect.any(String)] } },
    ],
  ])('refuses %s', async (_, change, status, answer) => {
    await work('a.md', { start_branch: 'main' });
    expect(await wire.call('POST', list(), { ...body, ...change })).toMatchObject({ status, body: answer });
    expect((await wire.call('GET', list())).body).toEqual([]);
  });

  it('refuses a twin, a stranger, and any if they are switched off', async () => {
    expect((await open()).status).toBe(201);
    expect(await wire.call('POST', list(), body)).toMatchObject({
      status: 409,
      body: { message: ['Another open merge request already exists for this source branch: !1'] },
    });
    const other = wire.instance.givenProject('ada/other', { files: { 'a.md': 'a' } });
    expect(await wire.call('POST', list(), { ...body, target_project_id: other.id })).toMatchObject({
      status: 422,
      body: { message: ['Source project is not a fork of the target project'] },
    });
    const fork = wire.instance.givenFork(wire.id, 'bob/docs');
    wire.instance.givenMember(fork, 'ada', 40);
    wire.instance.setMerging(wire.id, { mergeRequestsEnabled: false });
    const fromFork = { ...body, target_project_id: wire.id };
    expect(await wire.call('POST', `/projects/${fork.id}/merge_requests`, fromFork)).toMatchObject({
      status: 422,
      body: { message: ['Target project has disabled merge requests'] },
    });
    expect(await wire.call('POST', list(), body)).toMatchObject({
      status: 403,
      body: { message: '403 Forbidden' },
    });
    expect((await wire.call('GET', list())).status).toBe(403);
    expect(await wire.call('GET', one())).toMatchObject({ status: 404, body: { message: '404 Not found' } });
  });

  it('answers before the difference exists, and checks only when it is read', async () => {
    expect((await open({ remove_source_branch: true })).body).toMatchObject({
      ...{ iid: 1, state: 'opened', merge_status: 'checking', detailed_merge_status: 'preparing' },
      ...{ prepared_at: null, sha: null, diff_refs: null, changes_count: null, has_conflicts: false },
      ...{ force_remove_source_branch: true, should_remove_source_branch: null, merge_user: null },
      ...{ source_project_id: wire.id, target_project_id: wire.id, project_id: wire.id, draft: false },
      ...{ web_url: `${wire.url}/ada/docs/-/merge_requests/1`, reference: '!1' },
    });
    const [row] = (await wire.call('GET', list())).body;
    expect(row).toMatchObject({ merge_status: 'unchecked', detailed_merge_status: 'unchecked' });
    expect(row.sha).toMatch(/^[0-9a-f]{40}$/);
    const statuses = async () => {
      const { merge_status, detailed_merge_status } = (await wire.call('GET', one())).body;
      return [merge_status, detailed_merge_status];
    };
    expect(await statuses()).toEqual(['checking', 'checking']);
    expect(await statuses()).toEqual(['can_be_merged', 'mergeable']);
    expect((await wire.call('GET', list())).body[0].merge_status).toBe('unchecked');
    wire.instance.git.push(wire.id, 'main', { files: { 'x.md': 'x' } });
    expect(await statuses()).toEqual(['checking', 'checking']);
  });

  it('knows no project default for removing the branch', async () => {
    expect((await open()).body).toMatchObject({ force_remove_source_branch: null, squash: false });
  });

  it.each<[string, (w: Wire) => void, string, boolean]>([
    [
      'a draft',
      ({ instance, id }) => instance.reviewer.edit(id, { title: 'draft: x' }),
      'draft_status',
      false,
    ],
    [
      'a missing target',
      ({ instance, id }) => instance.reviewer.edit(id, { target: 'gone' }),
      'commits_status',
      true,
    ],
    [
      'nothing to merge',
      ({ instance, id }) => instance.git.reset(id, WORK, instance.git.head(id, 'main')),
      'commits_status',
      true,
    ],
    [
      'a conflict',
      ({ instance, id }) => instance.git.push(id, 'main', { files: { 'a.md': 'other\n' } }),
      'conflict',
      true,
    ],
    [
      'a draft with a conflict',
      ({ instance, id }) => {
        instance.git.push(id, 'main', { files: { 'a.md': 'other\n' } });
        instance.reviewer.edit(id, { title: '[Draft] x' });
      },
      'draft_status',
      true,
    ],
    [
      'a source that is behind',
      ({ instance, id }) => {
        instance.setMerging(id, { mergeMethod: 'ff' });
        instance.git.push(id, 'main', { files: { 'x.md': 'x' } });
      },
      'need_rebase',
      false,
    ],
    ['a closed one', ({ instance, id }) => instance.reviewer.close(id), 'not_open', false],
  ])('names %s as the first obstacle', async (_, arrange, detailed_merge_status, has_conflicts) => {
    await open();
    await wire.call('GET', one());
    arrange(wire);
    await wire.call('GET', one());
    const { body: mr } = await wire.call('GET', one());
    expect(mr).toMatchObject({ detailed_merge_status, has_conflicts });
    const merged = await wire.call('PUT', `${one()}/merge`, {});
    expect(merged).toMatchObject({ status: 405, body: { message: '405 Method Not Allowed' } });
  });

  it('merges, if the head is as expected', async () => {
    await open();
    const { body: mr } = await wire.call('GET', one());
    expect(await wire.call('PUT', `${one()}/merge`, { sha: 'f'.repeat(40) })).toMatchObject({
      status: 409,
      body: { message: `SHA does not match HEAD of source branch: ${mr.sha}` },
    });
    const { body: merged } = await wire.call('PUT', `${one()}/merge`, {
      ...{ sha: mr.sha, should_remove_source_branch: true },
    });
    expect(merged).toMatchObject({
      state: 'merged',
      merge_user: { username: 'ada' },
      squash_commit_sha: null,
    });
    const { body: commit } = await wire.call('GET', `${wire.commits}/${merged.merge_commit_sha}`);
    expect(commit.message).toBe(`Merge branch '${WORK}' into 'main'\n\nDot\n\nSee merge request ada/docs!1`);
    expect(commit.parent_ids).toHaveLength(2);
    expect((await wire.call('GET', `${wire.project}/repository/branches/dot%2Fcontext`)).status).toBe(404);
  });

  it('squashes to the title, one commit excepted', async () => {
    await open({ squash: true });
    await work('b.md');
    const { body: merged } = await wire.call('PUT', `${one()}/merge`, {});
    const { body: commit } = await wire.call('GET', `${wire.commits}/${merged.squash_commit_sha}`);
    expect(commit).toMatchObject({ message: 'Dot', author_name: 'Ada' });
    await wire.call('DELETE', `${wire.project}/repository/branches/dot%2Fcontext`);
    await work('c.md', { start_branch: 'main' });
    await wire.call('POST', list(), { ...body, squash: true });
    const { body: next } = await wire.call('PUT', `${one(2)}/merge`, {});
    expect(next.squash_commit_sha).toBe(next.sha);
  });

  it('refuses to merge without the right, or against a push rule', async () => {
    await open();
    const [owner, dora] = [wire.token, wire.instance.givenToken('dora').value];
    wire.instance.givenMember(wire.id, 'dora', 30);
    wire.token = dora;
    expect(await wire.call('PUT', `${one()}/merge`, {})).toMatchObject({
      status: 401,
      body: { message: '401 Unauthorized' },
    });
    wire.token = owner;
    wire.instance.setPushRules(wire.id, { commitMessagePattern: /^JIRA/ });
    expect(await wire.call('PUT', `${one()}/merge`, {})).toMatchObject({
      status: 422,
      body: { message: 'Branch cannot be merged' },
    });
    expect((await wire.call('GET', one())).body.merge_error).toBe(
      "Something went wrong during merge pre-receive hook. Commit message does not follow the pattern '^JIRA'",
    );
  });

  it('ignores an impossible change of state, and refuses one without parameters', async () => {
    await open();
    const change = (more: object) => wire.call('PUT', one(), more);
    expect((await change({ state_event: 'reopen' })).body.state).toBe('opened');
    expect((await change({ state_event: 'close' })).body.state).toBe('closed');
    expect((await change({ state_event: 'close' })).body).toMatchObject({
      state: 'closed',
      closed_by: { username: 'ada' },
    });
    expect((await change({ state_event: 'reopen' })).body).toMatchObject({
      state: 'opened',
      closed_by: null,
    });
    expect((await change({ state_event: 'x' })).status).toBe(400);
    expect((await change({})).body.error).toMatch(/are missing, at least one parameter must be provided$/);
  });

  it('executes quick actions, but not those in code or quotes', async () => {
    const description = 'Hello\n/title Theirs\n\n```\n/close\n```\n\n> /close\n\n    /close\n\n/close  \n';
    const { body: made } = await open({ description });
    expect(made).toMatchObject({ title: 'Theirs', state: 'opened' });
    expect(made.description).toBe('Hello\n\n```\n/close\n```\n\n> /close\n\n    /close');
    const { body: closed } = await wire.call('PUT', one(), { description: 'Bye\n\n/close' });
    expect(closed).toMatchObject({ state: 'closed', description: 'Bye' });
  });

  it('rebases in the background, unless the branch is protected', async () => {
    await open();
    wire.instance.git.push(wire.id, 'main', { files: { 'x.md': 'x' } });
    const before = wire.instance.git.head(wire.id, WORK);
    expect(await wire.call('PUT', `${one()}/rebase`, {})).toMatchObject({
      status: 202,
      body: { rebase_in_progress: true },
    });
    expect(wire.instance.git.head(wire.id, WORK)).not.toBe(before);
    wire.instance.protect(wire.id, 'dot/*');
    expect(await wire.call('PUT', `${one()}/rebase`, {})).toMatchObject({
      status: 403,
      body: { message: '403 Forbidden - Source branch is protected from force push' },
    });
    wire.instance.unprotect(wire.id, 'dot/*');
    wire.instance.git.push(wire.id, 'main', { files: { 'a.md': 'other\n' } });
    await wire.call('PUT', `${one()}/rebase`, {});
    expect((await wire.call('GET', one())).body.merge_error).toBe('Rebase failed. Please rebase locally');
  });

  it('retargets what led to a branch that a merge removed', async () => {
    await open({ remove_source_branch: true });
    wire.instance.git.createBranch(wire.id, 'later', WORK);
    wire.instance.git.push(wire.id, 'later', { files: { 'later.md': 'x' } });
    await wire.call('POST', list(), { source_branch: 'later', target_branch: WORK, title: 'Later' });
    await wire.call('PUT', `${one()}/merge`, {});
    expect((await wire.call('GET', one(2))).body).toMatchObject({ target_branch: 'main', state: 'opened' });
  });

  it('stays open and empty when nothing is left, and keeps its commits after gc', async () => {
    await open();
    const { sha } = (await wire.call('GET', one())).body;
    wire.instance.git.reset(wire.id, WORK, wire.instance.git.head(wire.id, 'main'));
    expect((await wire.call('GET', one())).body).toMatchObject({ state: 'opened', changes_count: null });
    wire.instance.git.reset(wire.id, WORK, sha);
    await wire.call('GET', one());
    wire.instance.git.deleteBranch(wire.id, WORK);
    wire.instance.git.collectGarbage(wire.id);
    expect((await wire.call('GET', `${wire.commits}/${sha}`)).status).toBe(200);
    expect((await wire.call('GET', one())).body).toMatchObject({ state: 'closed', sha });
  });

  it('sends the body that GitLab documents', async () => {
    wire.instance.deliveries.sendWith(null);
    await wire.call('POST', `${wire.project}/hooks`, {
      ...{ url: 'https://dot.example.com/h', merge_requests_events: true, push_events: false },
    });
    await open();
    const [{ headers, body: sent }] = wire.instance.deliveries.queued;
    expect(headers['X-Gitlab-Event']).toBe('Merge Request Hook');
    expect(JSON.parse(sent)).toMatchObject({
      ...{ object_kind: 'merge_request', event_type: 'merge_request', user: { username: 'ada' } },
      project: { id: wire.id, path_with_namespace: 'ada/docs' },
      object_attributes: {
        ...{ iid: 1, action: 'open', state: 'opened', state_id: 1, source_branch: WORK },
        ...{ target_branch: 'main', source_project_id: wire.id, target_project_id: wire.id },
        ...{ created_at: '2026-01-01 00:00:00 UTC', last_commit: { title: 'm', message: 'm' } },
      },
      changes: {},
    });
  });
});
