import { createAction, Wire } from './wire';

describe('GitLab on the wire: projects', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  it.each(['asc', 'desc'])('are paged by key, %s, with nothing but the next link', async (sort) => {
    for (let n = 0; n < 4; n++) wire.instance.givenProject(`ada/p${n}`);
    const found: number[] = [];
    let path: string | undefined =
      `/projects?membership=true&pagination=keyset&order_by=id&sort=${sort}&per_page=2`;
    while (path) {
      const { body, headers } = await wire.call('GET', path);
      found.push(...body.map((project: { id: number }) => project.id));
      expect(headers.has('x-total')).toBe(false);
      path = /<[^>]*\/api\/v4([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(found).toHaveLength(5);
    expect(found).toEqual([...found].sort((a, b) => (sort === 'asc' ? a - b : b - a)));
  });

  it('are paged by number with totals and links', async () => {
    for (let n = 0; n < 4; n++) wire.instance.givenProject(`ada/p${n}`);
    const { headers, body } = await wire.call('GET', '/projects?per_page=2&page=2');
    expect(body).toHaveLength(2);
    const names = ['x-page', 'x-per-page', 'x-prev-page', 'x-next-page', 'x-total', 'x-total-pages'];
    expect(names.map((name) => headers.get(name))).toEqual(['2', '2', '1', '3', '5', '3']);
    for (const rel of ['first', 'prev', 'next', 'last'])
      expect(headers.get('link')).toContain(`rel="${rel}"`);
  });

  it('that moved redirect readers by path and refuse writers', async () => {
    wire.instance.move(wire.id, 'elsewhere/papers');
    const read = await wire.call('GET', '/projects/ada%2Fdocs/repository/branches/main?a=b');
    expect(read.status).toBe(301);
    expect(read.headers.get('location')).toBe(
      `${wire.url}/api/v4${wire.project}/repository/branches/main?a=b`,
    );
    expect(read.body).toContain('This resource has been moved permanently to ');
    expect(await wire.call('POST', '/projects/ada%2Fdocs/repository/commits', {})).toMatchObject({
      status: 405,
      body: { message: 'Non GET methods are not allowed for moved projects' },
    });
  });

  it('that exist already are refused with every taken name', async () => {
    const taken = ['has already been taken'];
    expect(await wire.call('POST', '/projects', { name: 'docs' })).toMatchObject({
      status: 400,
      body: { message: { 'project_namespace.name': taken, name: taken, path: taken } },
    });
  });

  it('are not made by bots, which have no namespace', async () => {
    wire.token = wire.instance.givenProjectToken(wire.id).value;
    expect(await wire.call('POST', '/projects', { name: 'new' })).toMatchObject({
      status: 400,
      body: { message: { namespace: ['is not valid'] } },
    });
  });

  it('are deleted by their owner, later: until then they are read under another path', async () => {
    const maintainer = wire.instance.givenToken('bob').value;
    wire.instance.givenMember(wire.id, 'bob', 40);
    const refusal = await wire.call('DELETE', wire.project, undefined, { 'private-token': maintainer });
    expect(refusal).toMatchObject({ status: 403, body: { message: '403 Forbidden' } });
    expect(await wire.call('DELETE', wire.project)).toMatchObject({
      status: 202,
      body: { message: '202 Accepted' },
    });
    expect(await wire.call('GET', wire.project)).toMatchObject({
      body: { marked_for_deletion_on: '2026-01-01', path: expect.stringContaining('deletion_scheduled') },
    });
    expect((await wire.call('GET', '/projects/ada%2Fdocs')).status).toBe(404);
  });

  it('distinguish an empty repository from a missing project', async () => {
    const empty = wire.instance.givenProject('ada/empty').id;
    const tree = await wire.call('GET', `/projects/${empty}/repository/tree`);
    expect(tree).toMatchObject({ status: 404, body: { message: '404 Tree Not Found' } });
    expect(await wire.call('GET', `/projects/${empty}/repository/branches`)).toMatchObject({
      status: 200,
      body: [],
    });
    expect(await wire.call('GET', `/projects/${empty}/repository/commits`)).toMatchObject({
      status: 200,
      body: [],
    });
    expect(await wire.call('GET', `/projects/${empty}/repository/files/a.md?ref=main`)).toMatchObject({
      body: { message: '404 Commit Not Found' },
    });
    expect(await wire.call('GET', '/projects/999999')).toMatchObject({
      body: { message: '404 Project Not Found' },
    });
  });

  it('take their default branch from the first commit, until `main` comes', async () => {
    const empty = wire.instance.givenProject('ada/empty').id;
    const first = (branch: string) =>
      wire.call('POST', `/projects/${empty}/repository/commits`, {
        branch,
        commit_message: 'm',
        actions: [createAction('a.md')],
      });
    const defaultBranch = async () => (await wire.call('GET', `/projects/${empty}`)).body.default_branch;
    expect(await defaultBranch()).toBeNull();
    await first('foo');
    expect(await defaultBranch()).toBe('foo');
    wire.instance.git.createBranch(empty, 'main', 'foo');
    expect(await defaultBranch()).toBe('main');
  });
});
