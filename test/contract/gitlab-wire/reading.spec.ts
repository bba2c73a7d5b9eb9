import { Wire } from './wire';

describe('GitLab on the wire: reading', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  const repository = () => `${wire.project}/repository`;

  it('shows trees first, page by page', async () => {
    wire.instance.git.push(wire.id, 'main', { files: { 'a.md': 'a\n', 'z/b.md': 'b\n' } });
    const { body, headers } = await wire.call('GET', `${repository()}/tree?per_page=2`);
    expect(body.map(({ type, path, mode }: Record<string, string>) => [type, path, mode])).toEqual([
      ['tree', 'z', '040000'],
      ['blob', 'README.md', '100644'],
    ]);
    expect(headers.get('x-next-page')).toBe('2');
  });

  it('returns a tree in one piece only if it is recursive', async () => {
    expect(await wire.call('GET', `${repository()}/tree?pagination=none`)).toMatchObject({
      status: 400,
      body: { error: 'pagination cannot be "none" unless "recursive" is true' },
    });
  });

  it('fails on a page whose entry has gone', async () => {
    const path = `${repository()}/tree?recursive=true&pagination=keyset&per_page=1`;
    wire.instance.git.push(wire.id, 'main', { files: { 'a.md': 'a\n' } });
    const { headers } = await wire.call('GET', path);
    const next = /<[^>]*\/api\/v4([^>]*)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
    expect((await wire.call('GET', next)).status).toBe(200);
    wire.instance.git.push(wire.id, 'main', { files: { 'README.md': null } });
    expect((await wire.call('GET', next)).status).toBe(500);
  });

  it('finds no tree for an absent ref or path', async () => {
    expect(await wire.call('GET', `${repository()}/tree?ref=none`)).toMatchObject({
      status: 404,
      body: { message: '404 Tree Not Found' },
    });
    expect((await wire.call('GET', `${repository()}/tree?path=none`)).status).toBe(404);
    expect(await wire.call('GET', `${repository()}/tree?path=README.md&recursive=true`)).toMatchObject({
      body: [],
    });
  });

  it('returns a file in the body and in the headers', async () => {
    const head = wire.instance.git.push(wire.id, 'main', { files: { 'dir/a b.md': 'a\n' } });
    const path = `${repository()}/files/dir%2Fa%20b.md`;
    const { body, headers } = await wire.call('GET', `${path}?ref=main`);
    expect(body).toEqual({
      file_name: 'a b.md',
      file_path: 'dir/a b.md',
      size: 2,
      encoding: 'base64',
      content_sha256: '87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7',
      ref: 'main',
      blob_id: '78981922613b2afb6025042ff6bd878ac1994e85',
      commit_id: head,
      last_commit_id: head,
      execute_filemode: false,
      content: 'YQo=',
    });
    expect(headers.get('x-gitlab-blob-id')).toBe(body.blob_id);
    const only = await wire.call('HEAD', `${path}?ref=HEAD`);
    expect([only.status, only.headers.get('x-gitlab-size'), only.body]).toEqual([200, '2', '']);
    const raw = await wire.call('GET', `${path}/raw`);
    expect([raw.body, raw.headers.get('content-type')]).toEqual(['a\n', 'text/plain; charset=utf-8']);
  });

  it.each([
    ['README.md', 400, { error: 'ref is missing' }],
    ['README.md?ref=none', 404, { message: '404 Commit Not Found' }],
    ['none.md?ref=main', 404, { message: '404 File Not Found' }],
    ['..%2Fa?ref=main', 400, { error: 'file_path should be a valid file path' }],
  ])('refuses the file %s', async (file, status, body) => {
    expect(await wire.call('GET', `${repository()}/files/${file}`)).toMatchObject({ status, body });
  });

  it('compares from the merge base by default, and directly on request', async () => {
    const base = wire.instance.git.head(wire.id, 'main');
    wire.instance.git.createBranch(wire.id, 'side');
    const side = wire.instance.git.push(wire.id, 'side', { files: { 'side.md': 's\n' } });
    const main = wire.instance.git.push(wire.id, 'main', { files: { 'main.md': 'm\n' } });
    const paths = async (query: string) => {
      const { body } = await wire.call('GET', `${repository()}/compare?from=${main}&to=${side}${query}`);
      return body.diffs.map((row: { new_path: string; deleted_file: boolean }) => [
        row.new_path,
        row.deleted_file,
      ]);
    };
    expect(await paths('')).toEqual([['side.md', false]]);
    expect(await paths('&straight=true')).toEqual([
      ['main.md', true],
      ['side.md', false],
    ]);
    expect(await wire.call('GET', `${repository()}/compare?from=${base}&to=none`)).toMatchObject({
      status: 404,
      body: { message: '404 Ref Not Found' },
    });
  });

  it('compares with a slash at the end of the path as well', async () => {
    const query = `from=${wire.instance.git.head(wire.id, 'main')}&to=main&straight=true`;
    const [plain, slashed] = [`compare?${query}`, `compare/?${query}`].map((path) =>
      wire.call('GET', `${repository()}/${path}`),
    );
    expect((await slashed).status).toBe(200);
    expect((await slashed).body).toEqual((await plain).body);
  });

  it('shows a rename as one row, with the hunks of its changes', async () => {
    const lines = Array.from({ length: 12 }, (_, n) => `line ${n}\n`);
    const from = wire.instance.git.push(wire.id, 'main', { files: { 'old.md': lines.join('') } });
    wire.instance.git.push(wire.id, 'main', {
      files: { 'old.md': null, 'new.md': [...lines, 'more\n'].join('') },
    });
    const { body } = await wire.call('GET', `${repository()}/compare?from=${from}&to=main&straight=true`);
    expect(body.diffs).toHaveLength(1);
    expect(body.diffs[0]).toMatchObject({ old_path: 'old.md', new_path: 'new.md', renamed_file: true });
    expect(body.diffs[0].diff).toBe('@@ -10,3 +10,4 @@\n line 9\n line 10\n line 11\n+more\n');
    expect(body).toMatchObject({ compare_timeout: false, compare_same_ref: false });
  });

  it('lists commits by range and by path, and follows renames by default', async () => {
    const text = Array.from({ length: 12 }, (_, n) => `line ${n}\n`).join('');
    const made = wire.instance.git.push(wire.id, 'main', { files: { 'old.md': text } });
    const moved = wire.instance.git.push(wire.id, 'main', { rename: { 'old.md': 'new.md' } });
    const ids = async (query: string) =>
      (await wire.call('GET', `${wire.commits}?${query}`)).body.map((row: { id: string }) => row.id);
    expect(await ids(`ref_name=${made}..main`)).toEqual([moved]);
    expect(await ids('path=new.md')).toEqual([moved, made]);
    expect(await ids('path=new.md&follow=false')).toEqual([moved]);
    expect(await wire.call('GET', `${wire.commits}?ref_name=none..main`)).toMatchObject({
      status: 400,
      body: { message: 'ref_name is invalid' },
    });
  });

  it('does not count commits, and offers a next page whenever one is full', async () => {
    wire.instance.git.push(wire.id, 'main', { files: { 'a.md': 'a\n' } });
    const { headers } = await wire.call('GET', `${wire.commits}?per_page=2`);
    expect([headers.get('x-next-page'), headers.has('x-total')]).toEqual(['2', false]);
    expect((await wire.call('GET', `${wire.commits}?per_page=2&page=2`)).body).toEqual([]);
  });

  it('finds merge bases', async () => {
    const path = (...refs: string[]) =>
      `${repository()}/merge_base?${refs.map((ref) => `refs[]=${ref}`).join('&')}`;
    const base = wire.instance.git.head(wire.id, 'main');
    wire.instance.git.createBranch(wire.id, 'side');
    wire.instance.git.push(wire.id, 'side', { files: { 'side.md': 's\n' } });
    wire.instance.git.push(wire.id, 'main', { files: { 'main.md': 'm\n' } });
    wire.instance.git.forcePush(wire.id, 'orphan', { files: { 'o.md': 'o\n' } });
    expect((await wire.call('GET', path('main', 'side'))).body.id).toBe(base);
    const said = async (...refs: string[]) => (await wire.call('GET', path(...refs))).body.message;
    expect(await said('main')).toContain('Provide at least 2 refs');
    expect(await said('main', 'none')).toContain('Could not find ref: none');
    expect(await said('main', 'orphan')).toBe('404 Merge Base Not Found');
  });

  it('returns the commit and its differences', async () => {
    const head = wire.instance.git.push(wire.id, 'main', { files: { 'README.md': '# Changed\n' } });
    const answer = await wire.call('GET', `${wire.commits}/main`);
    expect(answer.body).toMatchObject({
      id: head,
      short_id: head.slice(0, 8),
      stats: { additions: 1, deletions: 1 },
    });
    const { body } = await wire.call('GET', `${wire.commits}/${head}/diff`);
    expect(body).toMatchObject([{ new_path: 'README.md', diff: '@@ -1,1 +1,1 @@\n-# Docs\n+# Changed\n' }]);
    expect(await wire.call('GET', `${wire.commits}/none`)).toMatchObject({
      body: { message: '404 Commit Not Found' },
    });
  });
});
