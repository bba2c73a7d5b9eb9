import { gzipSync } from 'node:zlib';
import { GitLabUnavailable } from '../errors/answer.errors';
import type { GitLab } from '../gitlab.port';
import {
  allowance,
  commitRow,
  gitlabAt,
  json,
  LocalServer,
  repo,
  type Handler,
} from './spec-support/local-server';
import { SHORTEST_WAIT_MS } from './retry';

const HTML = { 'content-type': 'text/html; charset=utf-8' };

describe('HttpGitLab at the odd corners of the network', () => {
  let server: LocalServer;
  const serve = async (handler: Handler) => (server = await LocalServer.start(handler));
  const head = (gitlab: GitLab) => gitlab.branch(7, 'main');
  const push = (gitlab: GitLab) =>
    gitlab.commit(repo, {
      message: 'm',
      author: { name: 'Ada', email: 'ada@example.com' },
      base: null,
      actions: [{ op: 'create', path: 'a.md', content: Buffer.from('a') }],
    });
  const branchRow = { name: 'main', commit: commitRow('c1') };

  afterEach(() => server?.close());

  it('says that a web page is no GitLab', async () => {
    await serve((_, response) => response.writeHead(200, HTML).end('<html>Welcome</html>'));
    await expect(gitlabAt(server.url).whoAmI()).rejects.toMatchObject({ code: 'instance_not_gitlab' });
  });

  it.each([404, 403, 401, 400])(
    'names the %i that a web server answered for /api/v4/user',
    async (status) => {
      await serve((_, response) => response.writeHead(status, HTML).end('<html>no</html>'));
      await expect(gitlabAt(server.url).whoAmI()).rejects.toMatchObject({
        code: 'instance_not_gitlab',
        message: expect.stringContaining(`${server.url} responded ${status} for /api/v4/user`),
      });
    },
  );

  it('takes JSON that no GitLab would answer for no GitLab', async () => {
    await serve((_, response) => json(response, { hello: 'world' }));
    await expect(gitlabAt(server.url).whoAmI()).rejects.toMatchObject({ code: 'instance_not_gitlab' });
  });

  it('repeats a read after a passing failure, and counts each request', async () => {
    let requests = 0;
    await serve((_, response) =>
      server.received.length < 3
        ? response.writeHead(502, HTML).end('<html>bad gateway</html>')
        : json(response, branchRow),
    );
    const gitlab = gitlabAt(server.url, {}, { onRequest: () => requests++ });
    expect(await head(gitlab)).toMatchObject({ head: { id: 'c1' } });
    expect(requests).toBe(3);
  });

  it('gives up on a read after two repetitions', async () => {
    await serve((_, response) => json(response, { message: '500 Internal Server Error' }, 500));
    await expect(head(gitlabAt(server.url))).rejects.toMatchObject({
      code: 'gitlab_unavailable',
      outcomeUnknown: false,
    });
    expect(server.received).toHaveLength(3);
  });

  it.each<[string, Handler]>([
    ['a reset', (_, response) => response.socket?.resetAndDestroy()],
    ['a 502 page', (_, response) => void response.writeHead(502, HTML).end('<html>bad gateway</html>')],
    ['an unreadable answer', (_, response) => void response.writeHead(201).end('{"id": "c')],
    ['an answer without a commit', (_, response) => json(response, {}, 201)],
    [
      'an answer cut off',
      (_, response) => {
        response.writeHead(201, { 'content-length': '1000' }).write('{"id":');
        setImmediate(() => response.socket?.destroy());
      },
    ],
    ['no answer in time', () => undefined],
  ])('sends a commit once and says that its outcome is unknown after %s', async (_what, handler) => {
    await serve(handler);
    const error = await push(gitlabAt(server.url, { timeoutMs: 200 })).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(GitLabUnavailable);
    expect(error.outcomeUnknown).toBe(true);
    expect(server.received).toHaveLength(1);
  });

  it('knows that a commit was not made when nothing listens', async () => {
    await serve(() => undefined);
    const { url } = server;
    await server.close();
    await expect(push(gitlabAt(url))).rejects.toMatchObject({
      code: 'instance_unreachable',
      reason: expect.stringContaining('refused'),
    });
    await serve(() => undefined);
  });

  it('knows that a commit was not made in maintenance mode', async () => {
    await serve((_, response) => json(response, { message: 'GitLab is undergoing maintenance' }, 503));
    await expect(push(gitlabAt(server.url))).rejects.toMatchObject({
      code: 'gitlab_unavailable',
      outcomeUnknown: false,
    });
  });

  it('names a timeout, dripping answers included', async () => {
    await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    });
    await expect(head(gitlabAt(server.url, { timeoutMs: 200 }))).rejects.toMatchObject({
      code: 'instance_unreachable',
      reason: expect.stringContaining('timeout'),
    });
    expect(server.received).toHaveLength(1);
  });

  it('takes no more than the longest answer allowed, unpacked', async () => {
    await serve((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(50_000_000, ' '))),
    );
    const gitlab = gitlabAt(server.url, { maxAnswerBytes: 100_000, retries: { times: 0 } });
    await expect(head(gitlab)).rejects.toMatchObject({
      code: 'gitlab_answer_invalid',
      message: expect.stringContaining('longer than 100000 bytes'),
    });
  });

  it('never carries the token to another host, nor takes its answer for GitLab’s', async () => {
    const other = await LocalServer.start((_, response) => json(response, branchRow));
    await serve(({ path }, response) =>
      path === '/api/v4/projects/8'
        ? json(response, branchRow)
        : response.writeHead(301, { location: `${other.url}/api/v4/projects/8` }).end(),
    );
    await expect(head(gitlabAt(server.url))).rejects.toMatchObject({ code: 'gitlab_unavailable' });
    expect(other.received).toEqual([]);
    await other.close();
  });

  it('takes no proxy from the environment', async () => {
    const proxy = await LocalServer.start((_, response) => json(response, branchRow));
    const { http_proxy, no_proxy, NO_PROXY } = process.env;
    Object.assign(process.env, { http_proxy: proxy.url, no_proxy: '', NO_PROXY: '' });
    try {
      await serve((_, response) => json(response, branchRow));
      await head(gitlabAt(server.url));
      expect([server.received.length, proxy.received.length]).toEqual([1, 0]);
    } finally {
      for (const [name, value] of Object.entries({ http_proxy, no_proxy, NO_PROXY }))
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      await proxy.close();
    }
  });

  it('follows a moved project on the same host, once', async () => {
    await serve(({ path }, response) =>
      path.startsWith('/api/v4/projects/8')
        ? json(response, branchRow)
        : response.writeHead(301, { location: '/api/v4/projects/8/repository/branches/main' }).end(),
    );
    expect(await head(gitlabAt(server.url))).toMatchObject({ head: { id: 'c1' } });
  });

  it.each([
    ['below the base path', '/gitlab/api/v4/projects/8/repository/branches/main', true],
    ['beside it', '/api/v4/projects/8/repository/branches/main', false],
    ['out of it', '/gitlab/../api/v4/projects/8', false],
    ['into another that begins like it', '/gitlabs/api/v4/projects/8', false],
  ])('of an instance below a path follows a moved project %s: %s, %s', async (_, location, followed) => {
    await serve(({ path }, response) =>
      path.startsWith('/gitlab/api/v4/projects/7')
        ? response.writeHead(301, { location }).end()
        : json(response, branchRow),
    );
    const outcome = await head(gitlabAt(`${server.url}/gitlab`)).then(
      () => 'followed',
      ({ code }) => code,
    );
    expect(outcome).toBe(followed ? 'followed' : 'gitlab_unavailable');
    expect(server.received.every(({ path }) => path.startsWith('/gitlab/api/v4/'))).toBe(true);
  });

  it('of an instance below a path asks nothing beside it, wherever its lists go on', async () => {
    await serve(({ path, query }, response) =>
      json(response, [branchRow], 200, {
        ...(path.endsWith('/branches') &&
          !query.has('page_token') && { link: `<${server.url}/api/v4/elsewhere?page_token=m>; rel="next"` }),
      }),
    );
    const gitlab = gitlabAt(`${server.url}/gitlab`);
    const { nextCursor } = await gitlab.listBranches(7, {});
    await gitlab.listBranches(7, { cursor: nextCursor! });
    const branches = '/gitlab/api/v4/projects/7/repository/branches';
    expect(server.received.map(({ path }) => path)).toEqual([branches, branches]);
    expect(server.received[1]!.query.get('page_token')).toBe('m');
  });

  it('names the base path in the URL to use', async () => {
    await serve((_, response) =>
      response.writeHead(301, { location: 'https://127.0.0.1/gitlab/api/v4/user' }).end(),
    );
    await expect(gitlabAt(`${server.url}/gitlab`).whoAmI()).rejects.toMatchObject({
      message: expect.stringContaining('it redirects to https://127.0.0.1/gitlab; use that URL'),
    });
  });

  it('advises https if the instance redirects to it', async () => {
    await serve((_, response) =>
      response.writeHead(301, { location: 'https://127.0.0.1/api/v4/user' }).end(),
    );
    await expect(gitlabAt(server.url).whoAmI()).rejects.toMatchObject({
      code: 'instance_unreachable',
      message: expect.stringContaining('it redirects to https://127.0.0.1; use that URL'),
    });
  });

  it('hands long waits over and asks nothing meanwhile', async () => {
    await serve((_, response) =>
      response.writeHead(429, { 'retry-after': '60', 'ratelimit-remaining': '0' }).end('Retry later\n'),
    );
    const gitlab = gitlabAt(server.url);
    await expect(head(gitlab)).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs: 60_000 });
    await expect(head(gitlab)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(server.received).toHaveLength(1);
  });

  it.each([500, 502, 503, 504])(
    'repeats a read after a %i that carries the headers of an allowance that is not used up',
    async (status) => {
      await serve((_, response) =>
        server.received.length < 3
          ? json(response, { message: 'Error' }, status, allowance({ remaining: 1988 }))
          : json(response, branchRow, 200, allowance({ remaining: 1987 })),
      );
      expect(await head(gitlabAt(server.url))).toMatchObject({ head: { id: 'c1' } });
      expect(server.received).toHaveLength(3);
    },
  );

  it('waits for the end of the minute once an answer says that the allowance is used up', async () => {
    await serve((_, response) => json(response, branchRow, 200, allowance({ remaining: 0 })));
    const gitlab = gitlabAt(server.url);
    await head(gitlab);
    const error = await head(gitlab).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'rate_limited' });
    expect(error.retryAfterMs).toBeGreaterThan(20_000);
    expect(server.received).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    ['a Retry-After of no time', { 'retry-after': '0' }],
    ['a Reset in the past', allowance({ remaining: 0, secondsToReset: -60 })],
  ])('names the shortest wait after %s', async (_what, headers) => {
    await serve((_, response) => json(response, { message: 'Retry later' }, 429, headers));
    await expect(push(gitlabAt(server.url))).rejects.toMatchObject({ retryAfterMs: SHORTEST_WAIT_MS });
  });

  it('keeps to its own budget for the host', async () => {
    await serve((_, response) => json(response, branchRow));
    const gitlab = gitlabAt(server.url, { limiter: { requestsPerMinute: 2 } });
    await head(gitlab);
    await expect(head(gitlab)).rejects.toMatchObject({
      code: 'rate_limited',
      by: 'dot',
      retryAfterMs: expect.any(Number),
    });
    expect(server.received).toHaveLength(1);
  });

  it('stops with the reason of the signal, under way or in the pause before a repetition', async () => {
    const reason = new Error('the run was cancelled');
    const controller = new AbortController();
    await serve(() => controller.abort(reason));
    await expect(head(gitlabAt(server.url, {}, { signal: controller.signal }))).rejects.toBe(reason);
    await expect(head(gitlabAt(server.url, {}, { signal: controller.signal }))).rejects.toBe(reason);
    expect(server.received).toHaveLength(1);
  });

  it('stops in the pause before a repetition', async () => {
    const reason = new Error('the run was cancelled');
    const controller = new AbortController();
    await serve((_, response) => {
      response.on('finish', () => setTimeout(() => controller.abort(reason), 50));
      response.writeHead(503, { 'retry-after': '2' }).end('{"message":"503"}');
    });
    await expect(head(gitlabAt(server.url, {}, { signal: controller.signal }))).rejects.toBe(reason);
  });

  it.each([
    ['http://127.0.0.1:1', []],
    ['http://[::1]:1', ['127.0.0.1']],
    ['http://localhost:1', []],
    ['https://169.254.169.254', []],
    ['http://8.8.8.8', []],
  ])('refuses to connect to %s', async (url, allowPrivate) => {
    await serve(() => undefined);
    await expect(gitlabAt(url, { allowPrivate }).whoAmI()).rejects.toMatchObject({
      code: 'instance_blocked',
    });
  });

  it('shows the token in no error', async () => {
    await serve((_, response) => json(response, { message: '401 Unauthorized' }, 401));
    const error = await gitlabAt(server.url)
      .whoAmI()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'token_rejected' });
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 10 })).not.toContain('very-secret');
    expect(server.received[0].headers.authorization).toBe('Bearer glpat-very-secret');
  });
});
