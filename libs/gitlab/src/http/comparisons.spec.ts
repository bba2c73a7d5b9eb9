import { orgId, Secret } from '@app/kernel';
import type { Project } from '../gitlab.types';
import { HttpGitLabConnector } from './http-gitlab-connector';
import {
  allowance,
  commitRow,
  gitlabAt,
  json,
  LocalServer,
  repo,
  type Handler,
  type ReceivedRequest,
} from './spec-support/local-server';

const row = (path: string, more: object = {}) => ({
  old_path: path,
  new_path: path,
  a_mode: '100644',
  b_mode: '100644',
  renamed_file: false,
  deleted_file: false,
  ...more,
});

describe('changesSince', () => {
  let server: LocalServer;
  const routes = (answers: Record<string, (request: ReceivedRequest) => unknown>) => async () => {
    server = await LocalServer.start((request, response) => {
      const found = Object.entries(answers).find(([ending]) => request.path.endsWith(ending));
      const body = found?.[1](request) ?? { message: '404 Ref Not Found' };
      json(response, body, (body as { message?: string }).message?.startsWith('404') ? 404 : 200);
    });
    return gitlabAt(server.url);
  };
  const asked = () => server.received.map(({ path }) => path.split('/repository/')[1]);

  afterEach(() => server.close());

  it('finds the head, the commits and the paths in one call', async () => {
    const compare = {
      compare_timeout: false,
      commit: commitRow('c3'),
      commits: [commitRow('c2'), commitRow('c3')],
      diffs: [
        row('new.md', { new_file: true, a_mode: '0' }),
        row('gone.md', { deleted_file: true, b_mode: '0' }),
        row('old.md', { new_path: 'moved.md', renamed_file: true }),
        row('moved-over.md', { new_path: 'old.md', renamed_file: true }),
        row('link.md', { b_mode: '120000' }),
        row('module', { b_mode: '160000' }),
      ],
    };
    const gitlab = await routes({ compare: () => compare })();
    const changes = await gitlab.changesSince({ ...repo, branch: 'feature/a&b' }, 'c1');
    expect(changes.head).toMatchObject({ id: 'c3', authoredAt: new Date('2026-01-02T01:04:05Z') });
    expect(changes.commits.map(({ id }) => id)).toEqual(['c2', 'c3']);
    expect(Object.fromEntries((changes.paths ?? []).map(({ path, kind }) => [path, kind]))).toEqual({
      'new.md': 'file',
      'gone.md': null,
      'old.md': 'file',
      'moved.md': 'file',
      'moved-over.md': null,
      'link.md': 'symlink',
      module: 'submodule',
    });
    expect(server.received.map(({ query }) => Object.fromEntries(query))).toEqual([
      { from: 'c1', to: 'feature/a&b', straight: 'true' },
    ]);
  });

  describe('of a project that was moved', () => {
    const unchanged = (web_url?: string) => ({
      ...{ compare_timeout: false, commit: null, commits: [], diffs: [], compare_same_ref: true, web_url },
    });
    const answers = (page: string | undefined, path: string) => ({
      compare: () => unchanged(page && `${page}/-/compare/c1...c1`),
      'commits/c1': () => commitRow('c1'),
      'projects/7': () => ({ id: 7, name: 'Docs', path_with_namespace: path }),
    });
    const lookUps = () => server.received.filter(({ path }) => path === '/api/v4/projects/7').length;

    it.each<[string, string | undefined]>([
      ['has the known path', 'https://gitlab.example.com/team/docs'],
      ['has it below a base path', 'https://example.com/gitlab/team/docs'],
      ['is missing', undefined],
    ])('needs no further request while the page of the comparison %s', async (_, page) => {
      const gitlab = await routes(answers(page, 'team/docs'))();
      await gitlab.changesSince(repo, 'c1');
      expect(lookUps()).toBe(0);
    });

    it('costs one look-up, and is reported', async () => {
      const moved: string[] = [];
      await routes(answers('https://gitlab.example.com/team/handbook', 'team/handbook'))();
      const onProjectMoved = async ({ webUrl }: Project) => void moved.push(webUrl);
      const gitlab = gitlabAt(server.url, {}, { onProjectMoved });
      await gitlab.changesSince(repo, 'c1');
      await gitlab.changesSince(repo, 'c1');
      expect([lookUps(), moved]).toEqual([1, [`${server.url}/team/handbook`]]);
    });

    it('stops nothing if the token may not look it up', async () => {
      const { 'projects/7': _, ...closed } = answers('https://gitlab.example.com/team/handbook', '');
      const gitlab = await routes(closed)();
      await expect(gitlab.changesSince(repo, 'c1')).resolves.toMatchObject({ head: { id: 'c1' } });
      await gitlab.changesSince(repo, 'c1');
      expect(lookUps()).toBe(1);
    });

    it('is asked for once if a proxy rewrites pages', async () => {
      await routes(answers('https://proxy.example.com/x/7', 'team/docs'))();
      const connector = new HttpGitLabConnector({ allowPrivate: ['127.0.0.1'] });
      const access = { instanceUrl: server.url, token: new Secret('t'), org: orgId('acme') };
      for (let turn = 0; turn < 3; turn++) await connector.open(access).changesSince(repo, 'c1');
      expect(lookUps()).toBe(1);
    });
  });

  it.each([
    ['says that it cut the list', { compare_timeout: true, diffs: [row('a.md')] }],
    [
      'answers as many rows as some server’s limit',
      { diffs: Array.from({ length: 1_000 }, (_, at) => row(`${at}.md`)) },
    ],
  ])('names no paths if GitLab %s', async (_what, more) => {
    const gitlab = await routes({
      compare: () => ({
        compare_timeout: false,
        commit: commitRow('c2'),
        commits: [commitRow('c2')],
        ...more,
      }),
    })();
    expect(await gitlab.changesSince(repo, 'c1')).toMatchObject({ head: { id: 'c2' }, paths: null });
  });

  it.each([
    ['names commits and no difference', { diffs: [] }],
    ['has no list of differences', { diffs: undefined }],
    ['is an empty object', null],
    ['has something else in its list', { diffs: [{}] }],
    ['does not say of a file whether it is deleted', { diffs: [row('a.md', { deleted_file: undefined })] }],
    ['does not say whether it is whole', { compare_timeout: undefined, diffs: [row('a.md')] }],
  ])('names no paths if an answer %s', async (_what, more) => {
    const whole = { compare_timeout: false, commit: commitRow('c2'), commits: [commitRow('c2')], ...more };
    const gitlab = await routes({
      compare: () => (more ? whole : {}),
      main: () => ({ name: 'main', commit: commitRow('c2') }),
    })();
    expect(await gitlab.changesSince(repo, 'c1')).toMatchObject({ head: { id: 'c2' }, paths: null });
  });

  it('asks once for a commit it stays at, and remembers it', async () => {
    const same = { commit: null, commits: [], diffs: [], compare_timeout: false, compare_same_ref: true };
    const gitlab = await routes({ compare: () => same, '/commits/c1': () => commitRow('c1') })();
    expect(await gitlab.changesSince(repo, 'c1')).toMatchObject({
      head: { id: 'c1' },
      commits: [],
      paths: [],
    });
    await gitlab.changesSince(repo, 'c1');
    expect(asked()).toEqual(['compare', 'commits/c1', 'compare']);
    await gitlab.commitById(repo, 'c1');
    expect(asked()).toHaveLength(4);
  });

  it('asks for the branch after a reset, when no commit names the head', async () => {
    const reset = {
      commit: null,
      commits: [],
      diffs: [row('a.md')],
      compare_timeout: false,
      web_url: 'https://x/team/docs/-/compare/c9...c1',
    };
    const gitlab = await routes({
      compare: () => reset,
      main: () => ({ name: 'main', commit: commitRow('c1') }),
    })();
    expect(await gitlab.changesSince(repo, 'c9')).toMatchObject({
      head: { id: 'c1' },
      paths: [{ path: 'a.md' }],
    });
    expect(asked()).toEqual(['compare', 'branches/main']);
  });

  it('compares again if the branch moved between the two requests', async () => {
    const reset = {
      commit: null,
      commits: [],
      diffs: [row('a.md')],
      compare_timeout: false,
      web_url: 'https://x/team/docs/-/compare/c9...c1',
    };
    const moved = {
      commit: commitRow('c2'),
      commits: [commitRow('c2')],
      diffs: [row('b.md')],
      compare_timeout: false,
    };
    const gitlab = await routes({
      compare: ({ query }) => (query.get('to') === 'c2' ? moved : reset),
      main: () => ({ name: 'main', commit: commitRow('c2') }),
    })();
    expect(await gitlab.changesSince(repo, 'c9')).toMatchObject({
      head: { id: 'c2' },
      paths: [{ path: 'b.md' }],
    });
  });

  it('distinguishes a lost commit from a lost branch', async () => {
    const withBranch = await routes({ main: () => ({ name: 'main', commit: commitRow('c1') }) })();
    await expect(withBranch.changesSince(repo, 'c9')).rejects.toMatchObject({
      code: 'commit_unknown',
      commit: 'c9',
    });
    await server.close();
    const without = await routes({})();
    await expect(without.changesSince(repo, 'c9')).rejects.toMatchObject({ code: 'branch_not_found' });
  });

  it.each<[string, Handler]>([
    ['fails', (_, response) => json(response, { message: '500 Internal Server Error' }, 500)],
    [
      'fails with the headers of an allowance that is not used up',
      (_, response) =>
        json(response, { message: '500 Internal Server Error' }, 500, allowance({ remaining: 1988 })),
    ],
    ['does not end', () => undefined],
  ])('continues without the comparison if only that %s', async (_what, compare) => {
    server = await LocalServer.start((request, response) =>
      request.path.endsWith('/compare')
        ? compare(request, response)
        : json(response, { name: 'main', commit: commitRow('c2') }),
    );
    const gitlab = gitlabAt(server.url, { timeoutMs: 300 });
    expect(await gitlab.changesSince(repo, 'c1')).toMatchObject({
      head: { id: 'c2' },
      commits: [],
      paths: null,
    });
  });

  it('fails if the whole instance does', async () => {
    server = await LocalServer.start((_, response) => json(response, { message: '502' }, 502));
    await expect(gitlabAt(server.url).changesSince(repo, 'c1')).rejects.toMatchObject({
      code: 'gitlab_unavailable',
    });
  });
});
