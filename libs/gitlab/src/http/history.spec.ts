import { commitRow, gitlabAt, json, LocalServer, repo } from './spec-support/local-server';

describe('findCommit', () => {
  let server: LocalServer;
  const given = async (count: number, refuse: (range: string) => boolean = () => false) => {
    server = await LocalServer.start(({ query }, response) => {
      if (refuse(query.get('ref_name') ?? '')) return json(response, { message: 'ref_name is invalid' }, 400);
      const start = (Number(query.get('page') ?? 1) - 1) * 100;
      const rows = Array.from({ length: count }, (_, at) =>
        commitRow(`c${at}`, { message: `m\n\nDot-Change-Id: ${at}` }),
      );
      json(response, rows.slice(start, start + 100));
    });
    return gitlabAt(server.url);
  };

  afterEach(() => server.close());

  it('looks for the exact trailer line after the base, page by page', async () => {
    const gitlab = await given(250);
    expect(await gitlab.findCommit(repo, 'base', 'Dot-Change-Id: 120')).toMatchObject({ id: 'c120' });
    expect(server.heard.map(({ query }) => query.get('ref_name'))).toEqual(['base..main', 'base..main']);
    expect(await gitlab.findCommit(repo, 'base', 'Dot-Change-Id: 12 ')).toBeNull();
    expect(await gitlab.findCommit(repo, 'base', 'Change-Id: 12')).toBeNull();
  });

  it('looks through the branch where the base is lost', async () => {
    const gitlab = await given(3, (range) => range.includes('..'));
    expect(await gitlab.findCommit(repo, 'lost', 'Dot-Change-Id: 2')).toMatchObject({ id: 'c2' });
  });

  it('finds nothing where there is no branch', async () => {
    const gitlab = await given(3, () => true);
    expect(await gitlab.findCommit(repo, 'lost', 'Dot-Change-Id: 2')).toBeNull();
  });

  it('asks for the last commit of a path without following renames', async () => {
    const gitlab = await given(1);
    expect(await gitlab.lastCommitTouching(repo, 'c9', 'a b/ü.md')).toMatchObject({ id: 'c0' });
    expect(Object.fromEntries(server.heard[0].query)).toEqual({
      ref_name: 'c9',
      path: 'a b/ü.md',
      per_page: '1',
      follow: 'false',
    });
  });
});
