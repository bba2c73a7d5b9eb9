import { commitRow, gitlabAt, json, LocalServer, repo } from './spec-support/local-server';

describe('findCommit', () => {
  let server: LocalServer;
  /** Commits from `c0`, the newest. Every list leaves `lost` out. */
  const given = async (count: number, { lost = -1, refuse = (_range: string): boolean => false } = {}) => {
    const row = (at: number) =>
      commitRow(`c${at}`, {
        message: `m\n\nDot-Change-Id: ${at}`,
        parent_ids: [at + 1 < count ? `c${at + 1}` : 'base'],
      });
    server = await LocalServer.start(({ path, query }, response) => {
      const range = query.get('ref_name') ?? path.split('/').at(-1) ?? '';
      if (refuse(range)) return json(response, { message: 'ref_name is invalid' }, 400);
      if (path.endsWith('/branches/main')) return json(response, { name: 'main', commit: row(0) });
      const single = /\/commits\/c(\d+)$/.exec(path)?.[1];
      if (single) return json(response, row(Number(single)));
      const start = (Number(query.get('page') ?? 1) - 1) * 100;
      const all = Array.from({ length: count }, (_, at) => at);
      const rows = all.slice(start, start + 100).filter((at) => at !== lost);
      const more = start + 100 < count;
      json(response, rows.map(row), 200, more ? { 'x-next-page': String(start / 100 + 2) } : {});
    });
    return gitlabAt(server.url);
  };
  const asked = () => server.received.map(({ path }) => path.split('/repository/')[1]);

  afterEach(() => server.close());

  it('looks for the exact trailer line after the base, page by page', async () => {
    const gitlab = await given(250);
    expect(await gitlab.findCommit(repo, 'base', 'Dot-Change-Id: 120')).toMatchObject({ id: 'c120' });
    expect(server.received.map(({ query }) => query.get('ref_name'))).toEqual(['base..main', 'base..main']);
    expect(await gitlab.findCommit(repo, 'base', 'Dot-Change-Id: 12 ')).toBeNull();
    expect(await gitlab.findCommit(repo, 'base', 'Change-Id: 12')).toBeNull();
  });

  it.each([0, 1, 99, 249])('finds a commit that the list lacks, be it number %i', async (lost) => {
    const gitlab = await given(250, { lost });
    expect(await gitlab.findCommit(repo, 'base', `Dot-Change-Id: ${lost}`)).toMatchObject({ id: `c${lost}` });
  });

  it('takes no commit for missing if the list has none of the commits of the branch', async () => {
    server = await LocalServer.start(({ path }, response) =>
      path.endsWith('/branches/main')
        ? json(response, { name: 'main', commit: commitRow('c0', { parent_ids: ['c1'] }) })
        : json(response, []),
    );
    await expect(gitlabAt(server.url).findCommit(repo, 'base', 'Dot-Change-Id: 7')).rejects.toMatchObject({
      code: 'gitlab_answer_invalid',
    });
  });

  it('asks for the head before it says that there is none', async () => {
    const gitlab = await given(3);
    expect(await gitlab.findCommit(repo, 'base', 'Dot-Change-Id: x')).toBeNull();
    expect(asked()).toEqual(['commits', 'branches/main']);
  });

  it('searches the whole branch if the base is lost', async () => {
    const gitlab = await given(3, { refuse: (range) => range.includes('..') });
    expect(await gitlab.findCommit(repo, 'lost', 'Dot-Change-Id: 2')).toMatchObject({ id: 'c2' });
  });

  it('finds nothing if there is no branch', async () => {
    const gitlab = await given(3, { refuse: () => true });
    expect(await gitlab.findCommit(repo, 'lost', 'Dot-Change-Id: 2')).toBeNull();
  });

  it('asks for the last commit of a path without following renames', async () => {
    const gitlab = await given(1);
    expect(await gitlab.lastCommitTouching(repo, 'c9', 'a b/ü.md')).toMatchObject({ id: 'c0' });
    expect(Object.fromEntries(server.received[0].query)).toEqual({
      ref_name: 'c9',
      path: 'a b/ü.md',
      per_page: '1',
      follow: 'false',
    });
  });
});
