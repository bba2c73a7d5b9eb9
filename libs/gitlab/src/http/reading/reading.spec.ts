import { createHash } from 'node:crypto';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import type { ServerResponse } from 'node:http';
import { blobOf } from '@app/kernel';
import { GitObjects, kindOf } from '@app/fake-gitlab';
import { TreeEditor } from '@app/fake-gitlab';
import type { FileContent, TreeEntry } from '../../gitlab.types';
import { gitlabAt, json, LocalServer, repo, type ReceivedRequest } from '../spec-support/local-server';

const MIB = 1024 * 1024;

/** A repository as GitLab's reading routes show it, with the limits that matter here. */
class Repository {
  graphql: 'on' | 'off' | 'old' | 'moved' = 'on';
  treeInOnePiece: 'yes' | 'refused' | 'ignored' = 'yes';
  archive: (path: string, bytes: Buffer) => Buffer | null = (_path, bytes) => bytes;
  archiveStatus = 200;
  /** A query for more paths than this is too complex, with content or without. */
  mostPaths = { content: 100, sizes: 100 };
  readonly corrupt = new Set<string>();
  /** Rows that a recursive list leaves out. */
  readonly treeLacks = new Set<string>();
  readonly graphqlLacks = new Set<string>();

  constructor(readonly files: ReadonlyMap<string, Buffer>) {}

  get tree(): Map<string, TreeEntry> {
    return new Map([...this.files].map(([path, bytes]) => [path, { kind: 'file', blob: blobOf(bytes) }]));
  }

  /** Rows as git lists them, directories included. */
  get rows(): { id: string; type: string; path: string; mode: string }[] {
    const objects = new GitObjects();
    const editor = new TreeEditor(objects, objects.emptyTree);
    for (const [path, { blob }] of this.tree) editor.set(path, blob, '100644');
    return objects
      .walk(editor.write())
      .map(([path, { id, mode }]) => ({ id, type: kindOf(mode), path, mode }));
  }

  answer(request: ReceivedRequest, response: ServerResponse): void {
    const route = request.path.replace('/api/v4/projects/7', '');
    if (request.path === '/api/graphql') return this.blobs(JSON.parse(request.text), response);
    if (route === '/repository/tree') return this.page(request, response);
    if (route === '/repository/archive.tar.gz') return void this.tar(response);
    const blob = /^\/repository\/blobs\/(\w+)\/raw$/.exec(route)?.[1];
    if (blob) return void response.end([...this.files.values()].find((bytes) => blobOf(bytes) === blob));
    if (request.method === 'HEAD') {
      const path = decodeURIComponent(route.replace('/repository/files/', ''));
      return void response.writeHead(200, { 'x-gitlab-size': String(this.files.get(path)?.length) }).end();
    }
    json(response, { id: 7, name: 'docs', path_with_namespace: 'team/renamed', web_url: '' });
  }

  private blobs(
    { query, variables }: { query: string; variables: { project: string; paths: string[] } },
    response: ServerResponse,
  ): void {
    const said = (message: string) => json(response, { errors: [{ message }] });
    if (this.graphql === 'off') return json(response, { error: '404 Not Found' }, 404);
    if (this.graphql === 'moved' && variables.project !== 'team/renamed')
      return json(response, { data: { project: null } });
    const base64 = query.includes('base64EncodedBlob');
    if (this.graphql === 'old' && base64)
      return said("Field 'base64EncodedBlob' doesn't exist on type 'RepositoryBlob'");
    const found = variables.paths.flatMap((path) =>
      this.files.has(path) && !this.graphqlLacks.has(path) ? [{ path, bytes: this.files.get(path)! }] : [],
    );
    const total = found.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const withContent = base64 || query.includes('rawTextBlob');
    if (withContent && found.length > 1 && total > 20 * MIB)
      return said(`Max blobs size limit exceeded (${total} / 20 MiB).`);
    if (variables.paths.length > this.mostPaths[withContent ? 'content' : 'sizes'])
      return said('Query has complexity of 251, which exceeds max complexity of 250');
    const nodes = found.map(({ path, bytes }) => ({
      path,
      oid: blobOf(bytes),
      mode: '100644',
      size: String(bytes.length),
      ...(base64 && {
        base64EncodedBlob: (this.corrupt.has(path) ? Buffer.from('?') : bytes).toString('base64'),
      }),
      ...(query.includes('rawTextBlob') && { rawTextBlob: bytes.includes(0) ? null : bytes.toString() }),
    }));
    json(response, {
      data: { project: { repository: { blobs: { nodes, pageInfo: { hasNextPage: false } } } } },
    });
  }

  private page({ query }: ReceivedRequest, response: ServerResponse): void {
    const below = query.get('path');
    const all = this.rows;
    if (below !== null) {
      const ofIt = all.filter(
        ({ path }) => path.startsWith(`${below}/`) && !path.slice(below.length + 1).includes('/'),
      );
      return json(response, ofIt);
    }
    const rows = all.filter(({ path }) => !this.treeLacks.has(path));
    const asked = query.get('pagination');
    if (asked === 'none' && this.treeInOnePiece === 'yes') return json(response, rows);
    if (asked === 'none' && this.treeInOnePiece === 'refused')
      return json(response, { error: 'pagination does not have a valid value' }, 400);
    const size = Number(query.get('per_page') ?? 20);
    if (asked === 'keyset') {
      const start = rows.findIndex(({ path }) => path === query.get('page_token')) + 1;
      const token = encodeURIComponent(rows[start + size - 1]?.path ?? '');
      const more = start + size < rows.length;
      const link: Record<string, string> = more
        ? { link: `<http://internal/x?page_token=${token}>; rel="next"` }
        : {};
      return json(response, rows.slice(start, start + size), 200, link);
    }
    json(response, rows.slice(0, size), 200, { 'x-next-page': '2' });
  }

  private tar(response: ServerResponse): void {
    if (this.archiveStatus !== 200) return json(response, { message: { error: 'no' } }, this.archiveStatus);
    const archive = pack();
    for (const [path, bytes] of this.files) {
      const shown = this.archive(path, bytes);
      if (shown) archive.entry({ name: `docs-c1-c1/${path}` }, shown);
    }
    archive.finalize();
    (archive as unknown as NodeJS.ReadableStream).pipe(createGzip()).pipe(response.writeHead(200));
  }
}

describe('reading a repository', () => {
  let server: LocalServer;
  let repository: Repository;

  const given = async (files: Iterable<readonly [string, Buffer | string]>) => {
    repository = new Repository(new Map([...files].map(([path, bytes]) => [path, Buffer.from(bytes)])));
    server = await LocalServer.start((request, response) => repository.answer(request, response));
  };
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => [`notes/${at}.md`, `text ${at}`] as const);
  const read = async (options: { maxBytes?: number; withTree?: boolean; paths?: string[] } = {}) => {
    const found = new Map<string, FileContent>();
    const tree = options.withTree ? repository.tree : undefined;
    const paths = options.paths ?? [...repository.files.keys()];
    for await (const file of gitlabAt(server.url).readFiles(repo, 'c1', paths, {
      maxBytes: options.maxBytes ?? MIB,
      tree,
    }))
      found.set(file.path, file);
    return found;
  };
  const asked = () =>
    server.received.map(({ path }) =>
      path.replace('/api/v4/projects/7/repository/', '').replace(/[0-9a-f]{40}/, '<blob>'),
    );
  const expectAll = (found: Map<string, FileContent>) => {
    expect([...found.keys()].sort()).toEqual([...repository.files.keys()].sort());
    for (const [path, bytes] of repository.files) expect(found.get(path)?.bytes?.equals(bytes)).toBe(true);
  };

  afterEach(() => server.close());

  it('reads a hundred files in one request', async () => {
    await given(many(100));
    expectAll(await read());
    expect(asked()).toEqual(['/api/graphql']);
  });

  it('keeps names with spaces, signs, emoji and combining characters, and any bytes', async () => {
    await given([
      ['notes/a b #1 100%?.md', 'x'],
      ['notes/🦊.md', '🦊'],
      ['notes/e\u0301.md', 'decomposed'],
      ['notes/\u00e9.md', 'composed'],
      ['notes/bin.md', Buffer.from([0, 255, 254, 13, 10])],
    ]);
    expectAll(await read());
    repository.graphql = 'off';
    expectAll(await read());
  });

  it('leaves out absent files', async () => {
    await given([['a.md', 'a']]);
    expect([...(await read({ paths: ['a.md', 'gone.md', 'a.md'] })).keys()]).toEqual(['a.md']);
  });

  it('reads five thousand files by one archive', async () => {
    await given(many(5_000));
    expectAll(await read({ withTree: true }));
    expect(asked()).toEqual(['archive.tar.gz']);
  });

  it('reads again what an archive left out or changed', async () => {
    await given(many(400));
    repository.archive = (path, bytes) =>
      path === 'notes/3.md' ? null : path === 'notes/4.md' ? Buffer.from('$Id$') : bytes;
    expectAll(await read({ withTree: true }));
    expect(asked()).toEqual(['archive.tar.gz', '/api/graphql']);
  });

  it.each([429, 503, 406])('reads batches if the archive is refused with %i', async (status) => {
    await given(many(400));
    repository.archiveStatus = status;
    expectAll(await read({ withTree: true }));
    expect(asked()).toEqual(['archive.tar.gz', ...Array(4).fill('/api/graphql')]);
  });

  it('keeps the files of an archive that was cut off, and reads the rest in batches', async () => {
    await given(many(400));
    const whole = server;
    server = await LocalServer.start((request, response) => {
      if (!request.path.endsWith('archive.tar.gz')) return repository.answer(request, response);
      const archive = pack();
      for (const [path, bytes] of [...repository.files].slice(0, 200))
        archive.entry({ name: `x/${path}` }, bytes);
      response.writeHead(200);
      (archive as unknown as NodeJS.ReadableStream).pipe(createGzip()).pipe(response);
      setTimeout(() => response.destroy(), 100);
    });
    await whole.close();
    expectAll(await read({ withTree: true }));
  });

  it('does not unpack a whole repository for a small part of it', async () => {
    await given(many(2_000));
    const paths = [...repository.files.keys()].slice(0, 310);
    expect((await read({ withTree: true, paths })).size).toBe(310);
    expect(asked()).toEqual(Array(4).fill('/api/graphql'));
  });

  it('asks for sizes if a batch is too large, and never for files over the limit', async () => {
    await given([
      ['huge.md', Buffer.alloc(30 * MIB, 'h')],
      ['a.md', 'a'],
      ['big.md', Buffer.alloc(15 * MIB, 'b')],
      ['large.md', Buffer.alloc(10 * MIB, 'l')],
    ]);
    const found = await read({ maxBytes: 20 * MIB });
    expect(found.get('huge.md')).toMatchObject({ bytes: null, size: 30 * MIB });
    expect(found.get('big.md')?.bytes).toHaveLength(15 * MIB);
    expect(found.get('large.md')?.bytes).toHaveLength(10 * MIB);
    expect(found.get('a.md')?.bytes?.toString()).toBe('a');
    expect(server.received.length).toBeLessThanOrEqual(5);
  });

  it.each([100, 10])(
    'halves a batch that is too complex, if the sizes of up to %i are known',
    async (sizes) => {
      await given(many(30));
      repository.mostPaths = { content: 10, sizes };
      expectAll(await read());
      expect(new Set(asked())).toEqual(new Set(['/api/graphql']));
    },
  );

  it('finds a renamed project again for GraphQL', async () => {
    await given(many(150));
    repository.graphql = 'moved';
    expectAll(await read());
    expect(server.received.map(({ path }) => path)).toEqual([
      '/api/graphql',
      '/api/v4/projects/7',
      '/api/graphql',
      '/api/graphql',
    ]);
  });

  it('gives up on a single file that is over the limit without taking all of it', async () => {
    await given([['huge.md', Buffer.alloc(40 * MIB, 'h')]]);
    expect((await read()).get('huge.md')).toMatchObject({ bytes: null, size: 40 * MIB });
  });

  it.each(['old', 'off', 'moved'] as const)('reads from a server whose GraphQL is %s', async (state) => {
    await given([...many(3), ['bin.md', Buffer.from([0, 1])]]);
    repository.graphql = state;
    expectAll(await read());
    expect(await read({ maxBytes: 1, paths: ['notes/1.md'] })).toEqual(
      new Map([['notes/1.md', expect.objectContaining({ bytes: null, size: 6 })]]),
    );
  });

  it('reads the blob itself if the bytes do not match its id', async () => {
    await given(many(3));
    repository.corrupt.add('notes/1.md');
    expectAll(await read());
    expect(asked()).toEqual(['/api/graphql', 'blobs/<blob>/raw']);
  });

  it.each(['yes', 'refused', 'ignored'] as const)(
    'reads a tree if one answer for all is: %s',
    async (state) => {
      await given(many(250));
      repository.treeInOnePiece = state;
      const tree = await gitlabAt(server.url).tree(repo, 'c1');
      expect(tree).toEqual(repository.tree);
      expect(server.received).toHaveLength(state === 'yes' ? 1 : 4);
    },
  );

  it('lists a directory separately if the tree lacks entries of it', async () => {
    await given(['notes/a.md', 'notes/deep/b.md', 'reports/c.md'].map((path) => [path, path] as const));
    repository.treeLacks.add('notes/a.md');
    expect(await gitlabAt(server.url).tree(repo, 'c1')).toEqual(repository.tree);
    expect(server.received.map(({ query }) => query.get('path'))).toEqual([null, 'notes']);
  });

  it('refuses a tree that lacks a directory', async () => {
    await given(['notes/a.md', 'notes/deep/b.md'].map((path) => [path, path] as const));
    for (const path of ['notes/deep', 'notes/deep/b.md']) repository.treeLacks.add(path);
    await expect(gitlabAt(server.url).tree(repo, 'c1')).rejects.toMatchObject({
      code: 'gitlab_answer_invalid',
    });
  });

  it('refuses a tree that lacks very much, unless it is the same when asked for again', async () => {
    await given(Array.from({ length: 30 }, (_, at) => [`notes/${at}/a.md`, `${at}`] as const));
    const gitlab = gitlabAt(server.url);
    for (let at = 0; at < 25; at++) repository.treeLacks.add(`notes/${at}/a.md`);
    expect((await gitlab.tree(repo, 'c1')).size).toBe(5);
    const lacking = [...repository.treeLacks];
    await server.close();
    server = await LocalServer.start((request, response) => {
      if (server.received.length > 1) repository.treeLacks.delete(lacking[0]);
      repository.answer(request, response);
    });
    await expect(gitlabAt(server.url).tree(repo, 'c1')).rejects.toMatchObject({
      code: 'gitlab_answer_invalid',
    });
  });

  it('reads in another way what GraphQL leaves out and the tree has', async () => {
    await given(many(3));
    repository.graphqlLacks.add('notes/1.md');
    expectAll(await read());
    expect(asked()).toEqual(['/api/graphql', 'tree', 'blobs/<blob>/raw']);
  });

  it('says of a file that GitLab lists and does not find that its name is not UTF-8', async () => {
    await given(many(3));
    const shown = repository.rows.map((row) => ({ ...row, path: row.path.replace('1.md', 'caf.md') }));
    const whole = server;
    server = await LocalServer.start((request, response) => {
      if (request.path.endsWith('/repository/tree')) return json(response, shown);
      if (request.method === 'HEAD') return void response.writeHead(404).end();
      repository.answer(request, response);
    });
    await whole.close();
    const found = await read({ paths: ['notes/0.md', 'notes/caf.md'] });
    expect(found.get('notes/caf.md')).toMatchObject({ bytes: null, misnamed: true });
    expect(found.get('notes/0.md')?.misnamed).toBeUndefined();
  });

  it('remembers what an instance cannot do', async () => {
    await given(many(3));
    repository.treeInOnePiece = 'refused';
    const gitlab = gitlabAt(server.url);
    await gitlab.tree(repo, 'c1');
    await gitlab.tree(repo, 'c1');
    expect(server.received).toHaveLength(3);
  });

  it('refuses bytes that do not match the blob asked for', async () => {
    const blob = createHash('sha1').update('other').digest('hex');
    server = await LocalServer.start(({ path }, response) =>
      path === '/api/graphql' ? json(response, {}, 404) : response.end('not it'),
    );
    const tree = new Map<string, TreeEntry>([['a.md', { kind: 'file', blob }]]);
    const files = gitlabAt(server.url)
      .readFiles(repo, 'c1', ['a.md'], { maxBytes: 9, tree })
      [Symbol.asyncIterator]();
    await expect(files.next()).rejects.toMatchObject({ code: 'gitlab_answer_invalid' });
  });
});
