import { LocalServer, gitlabAt, json, repo, type Handler } from '../spec-support/local-server';

const row = (more: object = {}) => ({
  ...{ iid: 12, state: 'opened', title: 'Dot', description: null, source_project_id: 7 },
  ...{ source_branch: 'dot/context', target_branch: 'main', draft: false, sha: 'a1' },
  ...{ created_at: '2026-01-02T03:04:05Z', updated_at: '2026-01-02T03:04:06Z' },
  ...{ merge_status: 'can_be_merged', detailed_merge_status: 'mergeable', has_conflicts: false },
  ...{ changes_count: '3', diff_refs: { head_sha: 'a1', base_sha: 'b', start_sha: 'b' } },
  ...more,
});
const NEW = {
  ...{ source: 'dot/context', target: 'main', title: 'Dot', description: 'x', removeSourceBranch: false },
};

describe('Merge requests of GitLab', () => {
  let server: LocalServer;
  const serve = async (handler: Handler) => (server = await LocalServer.start(handler));
  afterEach(() => server.close());
  const sent = (at = 0) => JSON.parse(server.received[at].text);

  it('are read with a link of our own making, whatever GitLab says', async () => {
    await serve((_, response) => json(response, row({ web_url: 'javascript:alert(1)' })));
    const mr = await gitlabAt(server.url).mergeRequest(repo, 12);
    expect(mr).toEqual({
      ...{ iid: 12, webUrl: `${server.url}/team/docs/-/merge_requests/12`, state: 'opened', title: 'Dot' },
      ...{ description: '', source: 'dot/context', target: 'main', draft: false, head: 'a1' },
      ...{ createdAt: new Date('2026-01-02T03:04:05Z'), updatedAt: new Date('2026-01-02T03:04:06Z') },
      ...{ closedAt: null, closedBy: null, mergedAt: null, mergeCommit: null, squashCommit: null },
      ...{ mergeStatus: 'mergeable', conflict: false, empty: false },
    });
  });

  it.each<[string, object, { conflict: boolean; empty: boolean | null; mergeStatus?: string }]>([
    [
      'a conflict',
      { detailed_merge_status: 'conflict', has_conflicts: true },
      { conflict: true, empty: false },
    ],
    [
      'a draft with a conflict',
      { detailed_merge_status: 'draft_status', has_conflicts: true },
      { conflict: true, empty: false },
    ],
    [
      'no commits',
      { detailed_merge_status: 'commits_status', has_conflicts: true, changes_count: null },
      { conflict: false, empty: true },
    ],
    [
      'a draft without commits',
      { detailed_merge_status: 'draft_status', has_conflicts: true, changes_count: null },
      { conflict: false, empty: true },
    ],
    [
      'a missing target',
      { detailed_merge_status: 'commits_status', has_conflicts: true },
      { conflict: false, empty: false },
    ],
    [
      'no difference yet',
      { detailed_merge_status: 'preparing', diff_refs: null, changes_count: null, sha: null },
      { conflict: false, empty: null },
    ],
    [
      'no difference yet, on a new server',
      { detailed_merge_status: 'preparing', diff_refs: { head_sha: null }, changes_count: null },
      { conflict: false, empty: null },
    ],
    ['many files', { changes_count: '1000+' }, { conflict: false, empty: false }],
    [
      'a status of the future',
      { detailed_merge_status: 'waits_for_moon' },
      { conflict: false, empty: false, mergeStatus: 'waits_for_moon' },
    ],
    [
      'an old server',
      { detailed_merge_status: undefined, merge_status: 'checking' },
      { conflict: false, empty: false, mergeStatus: 'checking' },
    ],
    [
      'a conflict on an old server',
      { detailed_merge_status: undefined, has_conflicts: true },
      { conflict: true, empty: false },
    ],
  ])('show %s', async (_, more, expected) => {
    await serve((_request, response) => json(response, row(more)));
    expect(await gitlabAt(server.url).mergeRequest(repo, 12)).toMatchObject(expected);
  });

  it('of servers before 13.2 call a draft work in progress', async () => {
    await serve((_, response) => json(response, row({ draft: undefined, work_in_progress: true })));
    expect(await gitlabAt(server.url).mergeRequest(repo, 12)).toMatchObject({ draft: true });
  });

  it.each([{ state: 'exploded' }, { iid: '12' }, { title: null }, { source_branch: 7 }])(
    'with %j are no answer of GitLab',
    async (more) => {
      await serve((_, response) => json(response, row(more)));
      const read = gitlabAt(server.url).mergeRequest(repo, 12);
      await expect(read).rejects.toMatchObject({ code: 'gitlab_answer_invalid' });
    },
  );

  it('are searched page by page, with those of forks left out, up to twenty', async () => {
    await serve(({ query }, response) => {
      const page = Number(query.get('page') ?? 1);
      const rows = [row({ iid: 100 - page }), row({ iid: 200 - page, source_project_id: 8 })];
      json(response, rows, 200, { 'x-next-page': String(page + 1) });
    });
    const found = await gitlabAt(server.url).findMergeRequests(repo, { source: 'dot/context' });
    expect(found.map(({ iid }) => iid)).toEqual(Array.from({ length: 20 }, (_, page) => 99 - page));
    expect(server.received).toHaveLength(20);
    expect(Object.fromEntries(server.received[1].query)).toEqual({
      ...{ source_branch: 'dot/context', source_project_id: '7', state: 'all', page: '2' },
      ...{ order_by: 'created_at', sort: 'desc', per_page: '2' },
    });
  });

  it('are written once, even if the answer is lost', async () => {
    await serve((_, response) => void response.destroy());
    const gitlab = gitlabAt(server.url);
    const lost = { code: 'gitlab_unavailable', outcomeUnknown: true };
    await expect(gitlab.createMergeRequest(repo, NEW)).rejects.toMatchObject(lost);
    await expect(gitlab.closeMergeRequest(repo, 12)).rejects.toMatchObject(lost);
    expect(server.received.map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });

  it('are opened, changed and closed by the fields in question only', async () => {
    await serve((_, response) => json(response, row({ state: 'closed' })));
    const gitlab = gitlabAt(server.url);
    await gitlab.createMergeRequest(repo, NEW);
    await gitlab.updateMergeRequest(repo, 12, { title: 'New' });
    expect(await gitlab.closeMergeRequest(repo, 12)).toMatchObject({ state: 'closed' });
    expect(sent(0)).toEqual({
      ...{ source_branch: 'dot/context', target_branch: 'main', title: 'Dot', description: 'x' },
      remove_source_branch: false,
    });
    expect([sent(1), sent(2)]).toEqual([{ title: 'New' }, { state_event: 'close' }]);
  });

  it.each<[number, object, object]>([
    [
      409,
      { message: ['Another open merge request already exists for this source branch: !34'] },
      { code: 'merge_request_exists', iid: 34 },
    ],
    [
      409,
      { message: ['Es gibt schon einen offenen Merge-Request: !7'] },
      { code: 'merge_request_exists', iid: 7 },
    ],
    [409, { message: '409 Conflict' }, { code: 'merge_request_exists', iid: null }],
    [
      400,
      { message: { source_branch: ['does not exist'] } },
      { code: 'branch_not_found', branch: 'dot/context' },
    ],
    [400, { message: { target_branch: ['does not exist'] } }, { code: 'branch_not_found', branch: 'main' }],
    [400, { message: { title: ['is too long (maximum is 255 characters)'] } }, { code: 'gitlab_refused' }],
    [
      422,
      { message: ["You can't use same project/branch for source and target"] },
      { code: 'gitlab_refused' },
    ],
    [404, { message: '404 Project Not Found' }, { code: 'project_not_found' }],
    [500, { message: '500 Internal Server Error' }, { code: 'gitlab_unavailable', outcomeUnknown: true }],
  ])('are not opened: %i %j', async (status, body, error) => {
    await serve((_, response) => json(response, body, status));
    await expect(gitlabAt(server.url).createMergeRequest(repo, NEW)).rejects.toMatchObject(error);
    expect(server.received).toHaveLength(1);
  });

  it.each<[string, object, object]>([
    ['the role', {}, { code: 'gitlab_refused', status: 403 }],
    [
      'switched-off merge requests',
      { merge_requests_access_level: 'disabled' },
      { code: 'merge_requests_disabled' },
    ],
    [
      'switched-off merge requests of an old server',
      { merge_requests_enabled: false },
      { code: 'merge_requests_disabled' },
    ],
    ['an archived project', { archived: true, merge_requests_enabled: false }, { code: 'project_archived' }],
  ])('refused by a 403 are explained by the project: %s', async (_, more, error) => {
    await serve(({ path }, response) => {
      if (!path.endsWith('/merge_requests'))
        return json(response, { id: 7, name: 'docs', path_with_namespace: 'team/docs', ...more });
      json(response, { message: '403 Forbidden' }, 403);
    });
    const gitlab = gitlabAt(server.url);
    await expect(gitlab.createMergeRequest(repo, NEW)).rejects.toMatchObject(error);
    await expect(gitlab.findMergeRequests(repo, { source: 'x' })).rejects.toMatchObject(error);
  });
});

describe('A project of GitLab', () => {
  it.each<[object, object]>([
    [{}, { mergeRequestsEnabled: true, mergeMethod: null, squashOption: null, accessLevel: null }],
    [
      { merge_method: 'ff', squash_option: 'always' },
      { mergeMethod: 'ff', squashOption: 'always' },
    ],
    [{ permissions: { project_access: null, group_access: null } }, { accessLevel: null }],
    [
      { permissions: { project_access: { access_level: 30 }, group_access: { access_level: 40 } } },
      { accessLevel: 40 },
    ],
    [{ permissions: { project_access: { access_level: 30 } } }, { accessLevel: 30 }],
    [{ merge_requests_access_level: 'private' }, { mergeRequestsEnabled: true }],
  ])('with %j', async (more, expected) => {
    const server = await LocalServer.start((_, response) =>
      json(response, { id: 7, name: 'docs', path_with_namespace: 'team/docs', ...more }),
    );
    expect(await gitlabAt(server.url).project(7)).toMatchObject(expected);
    await server.close();
  });
});
