import { Secret } from '@app/kernel';
import type { CommitRequest } from '../gitlab.types';
import { commitRow, gitlabAt, json, LocalServer, repo, type Handler } from './spec-support/local-server';

const request: CommitRequest = {
  message: 'Update notes\n\nDot-Change-Id: 1',
  author: { name: 'Ada', email: 'ada@example.com' },
  base: 'c1',
  actions: [
    { op: 'create', path: 'notes/🦊 #1.md', content: Buffer.from('\ufeffbom and ü\r\n') },
    { op: 'update', path: 'latin.md', content: Buffer.from([0xe9, 0x0a]) },
    { op: 'update', path: 'nul.md', content: Buffer.from('a\0b') },
    { op: 'delete', path: 'old.md' },
    { op: 'move', from: 'from.md', path: 'to.md' },
    { op: 'move', from: 'b.md', path: 'c.md', content: Buffer.alloc(0) },
  ],
};

describe('writing', () => {
  let server: LocalServer;
  const serve = async (handler: Handler) => (server = await LocalServer.start(handler));
  const sent = () => JSON.parse(server.received[0].text);

  afterEach(() => server.close());

  it('makes one request of a commit, each file guarded by the base, bytes intact', async () => {
    await serve((_, response) => json(response, commitRow('c2', { parent_ids: ['c1'] }), 201));
    expect(await gitlabAt(server.url).commit(repo, request)).toEqual({
      id: 'c2',
      parents: ['c1'],
      committedAt: new Date('2026-01-02T01:04:06Z'),
    });
    expect(sent()).toEqual({
      branch: 'main',
      commit_message: request.message,
      author_name: 'Ada',
      author_email: 'ada@example.com',
      stats: false,
      actions: [
        { action: 'create', file_path: 'notes/🦊 #1.md', content: '\ufeffbom and ü\r\n', encoding: 'text' },
        {
          action: 'update',
          file_path: 'latin.md',
          content: '6Qo=',
          encoding: 'base64',
          last_commit_id: 'c1',
        },
        { action: 'update', file_path: 'nul.md', content: 'YQBi', encoding: 'base64', last_commit_id: 'c1' },
        { action: 'delete', file_path: 'old.md', last_commit_id: 'c1' },
        { action: 'move', file_path: 'to.md', previous_path: 'from.md', last_commit_id: 'c1' },
        {
          action: 'move',
          file_path: 'c.md',
          previous_path: 'b.md',
          content: '',
          encoding: 'text',
          last_commit_id: 'c1',
        },
      ],
    });
    expect(server.received[0].headers['content-type']).toBe('application/json');
    expect(server.received).toHaveLength(1);
  });

  it('knows its own commit when it is asked for what changed', async () => {
    await serve(({ method }, response) =>
      method === 'POST'
        ? json(response, commitRow('c2'), 201)
        : json(response, {
            commit: null,
            commits: [],
            diffs: [],
            compare_timeout: false,
            compare_same_ref: true,
          }),
    );
    const gitlab = gitlabAt(server.url);
    await gitlab.commit(repo, request);
    expect(await gitlab.changesSince(repo, 'c2')).toMatchObject({ head: { id: 'c2' } });
    expect(server.received).toHaveLength(2);
  });

  it.each([
    [{ archived: true }, 'project_archived'],
    [{ archived: false, marked_for_deletion_on: '2026-02-01' }, 'gitlab_refused'],
    [{ archived: false }, 'branch_protected'],
  ])('finds the cause of a forbidden push: %j', async (project, code) => {
    await serve(({ method }, response) =>
      method === 'POST'
        ? json(response, { message: '403 Forbidden - You are not allowed to push into this branch' }, 403)
        : json(response, { id: 7, name: 'docs', path_with_namespace: 'team/docs', web_url: '', ...project }),
    );
    await expect(gitlabAt(server.url).commit(repo, request)).rejects.toMatchObject({ code });
    expect(server.received).toHaveLength(2);
  });

  const hook = {
    url: 'https://dot.example/webhooks/gitlab/1',
    token: new Secret('hook-secret'),
    signingToken: new Secret('whsec_x'),
    branches: ['main'] as const,
    mergeRequestEvents: false,
    verifyTls: true,
  };

  it('sends the secrets with every change of a hook', async () => {
    const row = {
      id: 3,
      url: hook.url,
      push_events: true,
      push_events_branch_filter: 'main',
      alert_status: 'disabled',
    };
    await serve((_, response) => json(response, row));
    expect(await gitlabAt(server.url).updateHook(7, 3, hook)).toEqual({
      id: 3,
      url: hook.url,
      pushEvents: true,
      mergeRequestEvents: false,
      branchFilter: 'main',
      branchFilterStrategy: null,
      verifiesTls: null,
      alertStatus: 'disabled',
      disabledUntil: null,
      tokenPresent: null,
      signingTokenPresent: null,
    });
    expect(sent()).toMatchObject({
      token: 'hook-secret',
      signing_token: 'whsec_x',
      push_events_branch_filter: 'main',
    });
  });

  it.each([
    ['createHook', 403, { message: '403 Forbidden' }, 'webhook_not_permitted'],
    ['createHook', 422, { error: 'Invalid url given' }, 'webhook_url_refused'],
    [
      'createHook',
      422,
      { message: { url: ['is blocked: Requests to localhost are not allowed'] } },
      'webhook_url_refused',
    ],
    [
      'createHook',
      422,
      { message: { base: ['Maximum number of project hooks (100) exceeded'] } },
      'gitlab_refused',
    ],
    ['updateHook', 404, { message: '404 Not found' }, 'hook_not_found'],
    ['updateHook', 404, { message: '404 Project Not Found' }, 'project_not_found'],
    ['testHook', 422, { message: 'Hook execution failed: getaddrinfo' }, 'webhook_test_failed'],
    ['testHook', 404, { message: '404 Not found' }, 'hook_not_found'],
  ] as const)('translates a refused %s: %i %j', async (call, status, body, code) => {
    await serve((_, response) => json(response, body, status));
    const gitlab = gitlabAt(server.url);
    const calls = {
      createHook: () => gitlab.createHook(7, hook),
      updateHook: () => gitlab.updateHook(7, 3, hook),
      testHook: () => gitlab.testHook(7, 3),
    };
    await expect(calls[call]()).rejects.toMatchObject({ code });
  });

  it('deletes a hook as JSON, and minds no hook that is gone', async () => {
    await serve((_, response) =>
      server.received.length === 1
        ? response.writeHead(204).end()
        : json(response, { message: '404 Not found' }, 404),
    );
    const gitlab = gitlabAt(server.url);
    await gitlab.deleteHook(7, 3);
    await gitlab.deleteHook(7, 3);
    expect(server.received.map(({ method, headers }) => [method, headers['content-type']])).toEqual([
      ['DELETE', 'application/json'],
      ['DELETE', 'application/json'],
    ]);
  });
});
