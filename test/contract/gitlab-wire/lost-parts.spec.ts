import { HttpGitLabConnector, type Changes, type GitLab, type Repo } from '@app/gitlab';
import { FakeGitLabInstance, startFakeGitLabServer, symlink, type FakeGitLabServer } from '@app/fake-gitlab';
import { DomainError, orgId, Secret } from '@app/kernel';

const TREE = 'GET /projects/:id/repository/tree';
const LATIN1 = 'notes/caf\udce9.md';
const TRAILER = 'Dot-Change-Id: 1';

/** Takes each part away from an answer, one after the other, and never meets more than an error or the whole. */
describe('An answer of GitLab that lacks any one part of itself', () => {
  const instance = new FakeGitLabInstance();
  let server: FakeGitLabServer;
  let gitlab: GitLab;
  let repo: Repo;
  let [since, head] = ['', ''];

  beforeAll(async () => {
    server = await startFakeGitLabServer(instance);
    const files = {
      'README.md': '#',
      'notes/a.md': 'a',
      'notes/deep/b.md': 'b',
      [LATIN1]: 'x',
      'reports/c.yaml': 'c',
    };
    const { id } = instance.givenProject('ada/docs', { files });
    since = instance.git.head(id, 'main');
    repo = { projectId: id, pathWithNamespace: 'ada/docs', branch: 'main' };
    instance.git.push(id, 'main', [
      { files: { 'notes/a.md': 'changed', 'notes/d.md': 'd', 'notes/link.md': symlink('a.md') } },
      { rename: { 'reports/c.yaml': 'reports/moved.yaml' }, message: `Ours\n\n${TRAILER}` },
      { files: { 'notes/deep/b.md': null, 'notes/deep/e.md': 'e' } },
    ]);
    head = instance.git.head(id, 'main');
    const limiter = { requestsPerMinute: 100_000 };
    const connector = new HttpGitLabConnector({
      allowPrivate: ['127.0.0.1'],
      retries: { times: 0 },
      limiter,
    });
    const token = new Secret(instance.givenToken('ada').value);
    gitlab = connector.open({ org: orgId('acme'), instanceUrl: server.url, token });
  });
  afterAll(() => server.close());

  /** Returns the result of the call for each lost part of the first answer on that route, or its error. */
  const outcomes = async <T>(
    on: string,
    parts: number,
    call: () => Promise<T>,
  ): Promise<(T | DomainError)[]> => {
    const all: (T | DomainError)[] = [];
    for (let part = 0; part < parts; part++) {
      const undo = instance.calls.faults.add({ fault: { kind: 'loses-part', part }, on });
      const outcome = await call().catch((error: unknown) => error);
      undo();
      if (outcome instanceof Error && !(outcome instanceof DomainError)) throw outcome;
      all.push(outcome as T | DomainError);
    }
    return all;
  };
  const well = <T>(outcomes: readonly (T | DomainError)[]): T[] =>
    outcomes.filter((outcome): outcome is T => {
      if (!(outcome instanceof DomainError)) return true;
      expect([outcome.kind, outcome.code]).toEqual(['unavailable', expect.any(String)]);
      return false;
    });
  const read = async (withTree: boolean) => {
    const tree = withTree ? await gitlab.tree(repo, head) : undefined;
    const paths = [
      'README.md',
      'notes/a.md',
      'notes/caf.md',
      'notes/deep/e.md',
      'notes/link.md',
      'notes/none.md',
    ];
    const found: [string, string | null][] = [];
    for await (const { path, bytes, misnamed } of gitlab.readFiles(repo, head, paths, {
      maxBytes: 100,
      tree,
    }))
      found.push([path, misnamed ? 'misnamed' : bytes && bytes.toString()]);
    return found.sort();
  };

  it('gives the whole tree or an error; nothing but a file at the root may be missing', async () => {
    const whole = await gitlab.tree(repo, head, { directories: true });
    const trees = well(await outcomes(TREE, 120, () => gitlab.tree(repo, head, { directories: true })));
    const withoutRoot = new Map([...whole].filter(([path]) => path.includes('/') || !path.includes('.')));
    for (const tree of trees) expect([whole, withoutRoot]).toContainEqual(tree);
    expect(trees.length).toBeGreaterThan(20);
  });

  it.each([true, false])('gives every file or an error, with the tree: %s', async (withTree) => {
    const whole = await read(withTree);
    expect(Object.fromEntries(whole)).toEqual({
      ...{ 'README.md': '#', 'notes/a.md': 'changed', 'notes/caf.md': 'misnamed' },
      ...{ 'notes/deep/e.md': 'e', 'notes/link.md': 'a.md' },
    });
    const found = well(await outcomes('POST /api/graphql', 40, () => read(withTree)));
    for (const files of found) expect(files).toEqual(whole);
    expect(found.length).toBeGreaterThan(20);
  });

  // Which rows it lost, no answer shows. What follows for the texts: test/sync/lost-parts.spec.ts.
  it('returns each change or leaves it to the trees, and no commit replaces a missing one', async () => {
    const whole = await gitlab.changesSince(repo, since);
    const found = well(
      await outcomes('GET /projects/:id/repository/compare', 150, () => gitlab.changesSince(repo, since)),
    );
    const pathsOf = ({ paths }: Changes) => new Map(paths?.map(({ path, kind }) => [path, kind]));
    for (const changes of found) {
      expect(changes.head.id).toBe(head);
      if (changes.paths === null) continue;
      for (const [path, kind] of pathsOf(changes))
        expect([path, pathsOf(whole).get(path)]).toEqual([path, kind]);
    }
    expect(found.filter(({ paths }) => paths?.length === whole.paths?.length).length).toBeGreaterThan(20);

    const lost = 'notes/a.md';
    expect(found.filter((changes) => changes.paths && !pathsOf(changes).has(lost)).length).toBeGreaterThan(0);
    const guarded = { op: 'update', path: lost, content: Buffer.from('ours'), seenAt: since } as const;
    const request = { message: 'Edit', author: null, actions: [guarded], base: head };
    await expect(gitlab.commit(repo, request)).rejects.toMatchObject({ code: 'file_changed', path: lost });
  });

  it('finds a commit of ours, or fails', async () => {
    const found = well(
      await outcomes('GET /projects/:id/repository/commits', 60, () =>
        gitlab.findCommit(repo, since, TRAILER),
      ),
    );
    for (const commit of found) expect(commit?.message).toContain(TRAILER);
    expect(found.length).toBeGreaterThan(20);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['GET /projects/:id', () => gitlab.project(repo.projectId)],
    ['GET /projects', () => gitlab.listProjects({})],
    ['GET /projects/:id/repository/branches', () => gitlab.listBranches(repo.projectId, {})],
    ['GET /projects/:id/repository/branches/:branch', () => gitlab.branch(repo.projectId, 'main')],
    ['GET /projects/:id/repository/commits/:sha', () => gitlab.commitById(repo, head)],
    ['GET /projects/:id/repository/commits', () => gitlab.lastCommitTouching(repo, head, 'notes/a.md')],
  ])('is an error that passes, or of no importance: %s', async (route, call) => {
    const parts = await outcomes(route, 60, call);
    expect(well(parts).length).toBeGreaterThan(0);
    expect(instance.calls.faults.pending).toBe(0);
  });

  it.each(['GET /user', 'GET /personal_access_tokens/self'])(
    'says that this is no GitLab: %s',
    async (route) => {
      const parts = await outcomes(route, 30, () => gitlab.whoAmI());
      const codes = parts.flatMap((part) => (part instanceof DomainError ? [part.code] : []));
      for (const code of codes) expect(['instance_not_gitlab', 'token_scope_missing']).toContain(code);
    },
  );
});
