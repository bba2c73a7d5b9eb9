import { encodeCursor, type Page, type PageRequest } from '@app/kernel';
import { commitRow, gitlabAt, json, LocalServer, type Handler } from './spec-support/local-server';

const all = async <T>(list: (request: PageRequest) => Promise<Page<T>>, limit: number) => {
  const pages: T[][] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await list({ limit, cursor });
    pages.push([...page.items]);
    cursor = page.nextCursor;
  } while (cursor);
  return pages;
};

describe('lists', () => {
  let server: LocalServer;
  const serve = async (handler: Handler) => (server = await LocalServer.start(handler));

  afterEach(() => server.close());

  const projects =
    (count: number): Handler =>
    ({ query }, response) => {
      const after = Number(query.get('id_after') ?? 0);
      const size = Number(query.get('per_page'));
      const ids = Array.from({ length: count }, (_, at) => at + 1).filter((id) => id > after);
      const rows = ids.slice(0, size).map((id) => ({
        id,
        name: `p${id}`,
        path_with_namespace: `t/p${id}`,
        web_url: 'javascript:alert(1)',
        archived: id === 2,
      }));
      const next: Record<string, string> =
        ids.length > size ? { link: `<https://internal/p?id_after=${ids[size - 1]}>; rel="next"` } : {};
      json(response, rows, 200, next);
    };

  it('pages through projects by id, archived ones included, and asks only for those it may push to', async () => {
    await serve(projects(5));
    const gitlab = gitlabAt(server.url);
    const pages = await all((request) => gitlab.listProjects({ ...request, search: 'a b' }), 2);
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([[1, 2], [3, 4], [5]]);
    expect(pages[0][1].archived).toBe(true);
    expect(pages[0][0].webUrl).toBe(`${server.url}/t/p1`);
    expect(Object.fromEntries(server.received[0].query)).toMatchObject({
      membership: 'true',
      min_access_level: '30',
      order_by: 'id',
      search: 'a b',
    });
  });

  it('joins GitLab’s pages where more than a hundred are wanted', async () => {
    await serve(projects(450));
    const pages = await all((request) => gitlabAt(server.url).listProjects(request), 200);
    expect(pages.map((page) => page.length)).toEqual([200, 200, 50]);
  });

  it('keeps nothing in a cursor but a position', async () => {
    await serve(projects(5));
    const { nextCursor } = await gitlabAt(server.url).listProjects({ limit: 2 });
    expect(nextCursor).toBe(encodeCursor([2]));
  });

  const branchRow = (name: string) => ({
    name,
    protected: true,
    can_push: true,
    commit: commitRow(name.replace(/\W/g, '-')),
  });
  const names = ['a', 'feature/one', 'm n', 'z'];

  it('pages through branches by name', async () => {
    await serve(({ query }, response) => {
      const start = names.indexOf(query.get('page_token') ?? '') + 1;
      const rows = names.slice(start, start + 2);
      const more = start + 2 < names.length;
      const link: Record<string, string> = more
        ? { link: `<https://internal/b?page_token=${encodeURIComponent(rows[1])}>; rel="next"` }
        : {};
      json(response, rows.map(branchRow), 200, link);
    });
    const pages = await all((request) => gitlabAt(server.url).listBranches(7, request), 2);
    expect(pages.flat().map(({ name }) => name)).toEqual(names);
    expect(pages[0][0]).toMatchObject({ head: { id: 'a' }, protected: true, canPush: true, default: false });
  });

  it('pages through branches by number if the server knows no other way', async () => {
    await serve(({ query }, response) => {
      const page = Number(query.get('page') ?? 1);
      const headers: Record<string, string> = {
        'x-next-page': page * 2 < names.length ? String(page + 1) : '',
      };
      json(response, names.slice(page * 2 - 2, page * 2).map(branchRow), 200, headers);
    });
    const pages = await all((request) => gitlabAt(server.url).listBranches(7, request), 2);
    expect(pages.flat().map(({ name }) => name)).toEqual(names);
  });

  it('ends a list of hooks with which a server goes on for ever', async () => {
    await serve((_, response) =>
      json(response, [{ id: 1, url: 'https://ci.example.com' }], 200, { 'x-next-page': '2' }),
    );
    expect(await gitlabAt(server.url).listHooks(7)).toHaveLength(50);
    expect(server.received.map(({ query }) => query.get('page'))).toEqual([null, ...Array(49).fill('2')]);
  });

  it.each([
    [404, '404 Branch Not Found'],
    [404, '404 Repository Not Found'],
    [400, 'The branch refname is invalid'],
  ])('finds no branch if GitLab answers %i %s', async (status, message) => {
    await serve((_, response) => json(response, { message }, status));
    await expect(gitlabAt(server.url).branch(7, 'feature/ü #1')).rejects.toMatchObject({
      code: 'branch_not_found',
    });
    expect(server.received[0].url).toBe('/api/v4/projects/7/repository/branches/feature%2F%C3%BC%20%231');
  });

  it.each([
    [
      400,
      { message: { 'project_namespace.name': ['has already been taken'], name: ['has already been taken'] } },
      'project_name_taken',
    ],
    [
      400,
      { message: { base: ['The project is still being deleted. Please try again later.'] } },
      'project_name_taken',
    ],
    [400, { message: { namespace: ['is not valid'] } }, 'token_cannot_create_projects'],
    [403, { message: '403 Forbidden' }, 'token_cannot_create_projects'],
    [
      403,
      { error: ['Your project limit is 0 projects! Please contact your administrator'] },
      'gitlab_refused',
    ],
    [400, { message: { path: ['can contain only letters'] } }, 'validation_failed'],
  ])('translates a refused project: %i %j', async (status, body, code) => {
    await serve((_, response) => json(response, body, status));
    await expect(gitlabAt(server.url).createProject('Docs')).rejects.toMatchObject({ code });
    expect(JSON.parse(server.received[0].text)).toEqual({
      name: 'Docs',
      visibility: 'private',
      initialize_with_readme: false,
    });
  });
});
