import { Wire } from './wire';

describe('GitLab on the wire: branches', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  const branches = () => `${wire.project}/repository/branches`;

  it('are found if they exist, and the answer names the fault otherwise', async () => {
    expect((await wire.call('HEAD', `${branches()}/main`)).status).toBe(204);
    expect((await wire.call('HEAD', `${branches()}/none`)).status).toBe(404);
    expect(await wire.call('GET', `${branches()}/none`)).toMatchObject({
      body: { message: '404 Branch Not Found' },
    });
    expect(await wire.call('GET', `${branches()}/a..b`)).toMatchObject({
      status: 400,
      body: { message: 'The branch refname is invalid' },
    });
    expect(await wire.call('GET', `${branches()}?regex=(`)).toMatchObject({
      body: { message: 'Regex is invalid' },
    });
  });

  it('with a slash are addressed encoded', async () => {
    wire.instance.git.createBranch(wire.id, 'docs/one');
    expect(await wire.call('GET', `${branches()}/docs%2Fone`)).toMatchObject({ body: { name: 'docs/one' } });
    expect((await wire.call('GET', `${branches()}/docs/one`)).body).toEqual({ error: '404 Not Found' });
  });

  it('are searched with anchors and paged by key', async () => {
    for (const name of ['alpha', 'beta', 'omega']) wire.instance.git.createBranch(wire.id, name);
    const names = async (query: string) =>
      (await wire.call('GET', `${branches()}?${query}`)).body.map(({ name }: { name: string }) => name);
    expect(await names('search=^a')).toEqual(['alpha']);
    expect(await names('search=ga$')).toEqual(['omega']);
    expect(await names('pagination=keyset&per_page=2')).toEqual(['alpha', 'beta']);
    expect(await names('pagination=keyset&page_token=beta')).toEqual(['main', 'omega']);
  });

  it('are made and deleted', async () => {
    const made = await wire.call('POST', branches(), { branch: 'new', ref: 'main' });
    expect(made).toMatchObject({ status: 201, body: { name: 'new', default: false } });
    const refusal = async (body: object) => (await wire.call('POST', branches(), body)).body.message;
    expect(await refusal({ branch: 'new', ref: 'main' })).toBe('Branch already exists');
    expect(await refusal({ branch: 'other', ref: 'none' })).toBe('Invalid reference name: none');
    expect((await wire.call('DELETE', `${branches()}/new`)).status).toBe(204);
    expect((await wire.call('DELETE', `${branches()}/new`)).status).toBe(404);
    expect((await wire.call('DELETE', `${branches()}/main`)).status).toBe(405);
  });
});
