import { responseError, type About } from './response-errors';
import { errorBodyOf } from './error-body';

const about: About = {
  instanceUrl: 'https://gitlab.example',
  path: '/api/v4/projects/7/repository/tree',
  write: false,
};

function errorFor(
  status: number,
  body: unknown,
  more: Partial<About> & { headers?: Record<string, string> } = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = text.startsWith('<') ? 'text/html' : 'application/json';
  const headers = { 'content-type': type, ...more.headers };
  return responseError(errorBodyOf({ status, headers, body: Buffer.from(text) }), { ...about, ...more });
}

describe('responseError', () => {
  it.each([
    ['an unknown token', 401, { message: '401 Unauthorized' }, { code: 'token_rejected', reason: 'invalid' }],
    [
      'an expired token',
      401,
      {
        error: 'invalid_token',
        error_description: 'Token is expired. You can either do re-authorization or token refresh.',
      },
      { code: 'token_rejected', reason: 'expired' },
    ],
    [
      'a revoked token',
      401,
      {
        error: 'invalid_token',
        error_description: 'Token was revoked. You have to re-authorize from the user.',
      },
      { code: 'token_rejected', reason: 'revoked' },
    ],
    [
      'a blocked user',
      403,
      { message: '403 Forbidden - Your account has been blocked.' },
      { code: 'token_rejected', reason: 'blocked' },
    ],
    [
      'a missing scope',
      403,
      {
        error: 'insufficient_scope',
        error_description: 'The request requires higher privileges.',
        scope: 'api read_api',
      },
      { code: 'token_scope_missing', missing: ['api'] },
    ],
    [
      'a missing fine-grained permission',
      403,
      {
        error: 'insufficient_granular_scope',
        error_description:
          'Access denied: This operation requires a fine-grained personal access token with the following project permissions: [Project: Read, Commit: Create].',
      },
      { code: 'token_scope_missing', missing: ['Project: Read', 'Commit: Create'] },
    ],
    ['an invisible project', 404, { message: '404 Project Not Found' }, { code: 'project_not_found' }],
    [
      'a moved project',
      405,
      { message: 'Non GET methods are not allowed for moved projects' },
      { code: 'project_not_found' },
    ],
    ['too many requests', 429, 'Retry later\n', { code: 'rate_limited' }],
    [
      'too many requests, the application says',
      429,
      { message: { error: 'This endpoint has been requested too many times.' } },
      { code: 'rate_limited' },
    ],
    ['an outage', 500, { message: '500 Internal Server Error' }, { code: 'gitlab_unavailable' }],
    ['an outage as a page', 502, '<html>Bad Gateway</html>', { code: 'gitlab_unavailable' }],
    [
      'Gitaly exhausted',
      503,
      { message: 'Upstream Gitaly has been exhausted. Try again later' },
      { code: 'gitlab_unavailable' },
    ],
    ['a lock', 409, { message: '409 Conflict: Resource lock' }, { code: 'gitlab_unavailable' }],
    [
      'a read-only instance',
      403,
      { message: 'You cannot perform write operations on a read-only instance' },
      { code: 'gitlab_unavailable', outcomeUnknown: false },
    ],
    ['a login page of a proxy', 401, '<html>Sign in</html>', { code: 'gitlab_unavailable' }],
    ['an unknown token, as Workhorse says', 401, '401 Unauthorized', { code: 'token_rejected' }],
    ['a page where JSON was due', 404, '<html>nginx</html>', { code: 'gitlab_unavailable' }],
    ['a request too large', 413, '<html>nginx</html>', { code: 'gitlab_refused' }],
    [
      'anything else',
      403,
      { message: '403 Forbidden' },
      { code: 'gitlab_refused', message: expect.stringContaining('GitLab answered 403: 403 Forbidden') },
    ],
    [
      'a list of errors',
      422,
      { error: ['Limit reached', 'Ask an admin'] },
      { message: expect.stringContaining('Limit reached, Ask an admin') },
    ],
    [
      'errors by attribute',
      400,
      { message: { name: ['is too long'], base: ['Try again'] } },
      { message: expect.stringContaining('name is too long; Try again') },
    ],
    [
      'GraphQL errors',
      400,
      { errors: [{ message: 'Query too complex' }] },
      { message: expect.stringContaining('Query too complex') },
    ],
  ])('names %s', (_what, status, body, expected) => {
    expect(errorFor(status, body)).toMatchObject(expected);
  });

  const USER = '/api/v4/user';
  const HTTP = 'http://gitlab.example';
  const at = (location: string) => ({ headers: { location } });

  it.each<[string, number, unknown, Parameters<typeof errorFor>[2], object]>([
    [
      'no GitLab by 404',
      404,
      {},
      { path: USER },
      { code: 'instance_not_gitlab', message: /responded 404 for/ },
    ],
    [
      'no GitLab by a page',
      200,
      '<html>Hi</html>',
      { path: USER },
      { code: 'instance_not_gitlab', message: /answered with a web page for/ },
    ],
    ['no GitLab by another page', 400, '<html>Hi</html>', { path: USER }, { message: /responded 400 for/ }],
    ['a refusal at another path', 404, {}, {}, { code: 'gitlab_refused', message: /no further details/ }],
    ['a refusal of the user', 400, {}, { path: USER }, { code: 'gitlab_refused' }],
    ['a request too large', 413, '<html>No</html>', {}, { message: /too large/ }],
    ['a request too large, in words', 413, { message: 'Less!' }, {}, { message: /413: Less!/ }],
    [
      'a page instead of a read',
      200,
      '<html>Hi</html>',
      {},
      { message: /200 with a web page/, outcomeUnknown: false },
    ],
    ['a page instead of a write', 200, '<html>Hi</html>', { write: true }, { outcomeUnknown: true }],
    ['a page that refuses a write', 400, '<html>Hi</html>', { write: true }, { outcomeUnknown: false }],
    ['a page for GraphQL', 404, '<html>Hi</html>', { path: '/api/graphql' }, { code: 'gitlab_refused' }],
    ['plain text', 404, 'Not here', {}, { code: 'gitlab_refused', message: /404: Not here/ }],
    [
      'HTTPS, which it asks for',
      301,
      '',
      { ...at('https://gitlab.example/x'), instanceUrl: HTTP },
      { code: 'instance_unreachable', message: /redirects to https:\/\/gitlab.example; use/ },
    ],
    [
      'HTTPS below a path',
      301,
      '',
      { ...at('https://gitlab.example/git/x'), instanceUrl: `${HTTP}/git` },
      { message: /redirects to https:\/\/gitlab.example\/git; use/ },
    ],
    [
      'HTTPS elsewhere',
      301,
      '',
      { ...at('https://other.example/'), instanceUrl: HTTP },
      { code: 'gitlab_unavailable' },
    ],
    ['HTTP', 301, '', { ...at(`${HTTP}/x`), instanceUrl: HTTP }, { code: 'gitlab_unavailable' }],
    [
      'HTTPS from HTTPS',
      301,
      '',
      at('https://gitlab.example/x'),
      { code: 'gitlab_unavailable', message: /redirects reads/ },
    ],
    ['a redirect without a target', 300, '', {}, { code: 'gitlab_unavailable' }],
    ['a redirected write', 302, '', { write: true }, { message: /redirects writes/ }],
    [
      'a redirected user',
      302,
      '',
      { path: USER, ...at('https://sso.example/login') },
      { message: /to https:\/\/sso.example/ },
    ],
    ['a user redirected to nothing', 302, '', { path: USER, ...at('http://[') }, { message: /to nowhere/ }],
    ['no redirect', 200, { message: 'Odd' }, at('https://gitlab.example/'), { code: 'gitlab_refused' }],
    [
      'another scope',
      403,
      { error: 'insufficient_scope', scope: 'read_user' },
      {},
      { missing: ['read_user'] },
    ],
    ['no scope', 403, { error: 'insufficient_scope' }, {}, { missing: ['api'] }],
    [
      'a permission without a list',
      403,
      { error: 'insufficient_granular_scope' },
      {},
      { missing: ['fine-grained permission'] },
    ],
    ['a scope with another status', 400, { error: 'insufficient_scope' }, {}, { code: 'gitlab_refused' }],
    [
      'the id of a project',
      404,
      { message: '404 Project Not Found' },
      { path: '/api/v4/projects/712/hooks' },
      { code: 'project_not_found', message: /712/ },
    ],
    [
      'no project',
      404,
      { message: '404 Project Not Found' },
      { path: '/api/v4/groups/7' },
      { code: 'gitlab_refused' },
    ],
    [
      'another text about projects',
      404,
      { message: 'Hook: 404 Project Not Found' },
      {},
      { code: 'gitlab_refused' },
    ],
  ])('names %s', (_what, status, body, more, { message, ...expected }: { message?: RegExp }) => {
    expect(errorFor(status, body, more)).toMatchObject({
      ...expected,
      ...(message && { message: expect.stringMatching(message) }),
    });
  });

  it('passes on how long to wait', () => {
    expect(errorFor(503, {}, { retryAfterMs: 7_000 }).retryAfterMs).toBe(7_000);
    expect(errorFor(429, {}, { retryAfterMs: 7_000 }).retryAfterMs).toBe(7_000);
  });

  it.each([
    ['a redirect to a login page', 302, { location: 'https://sso.example/login' }, 'instance_not_gitlab'],
    ['a redirect into nothing', 302, {}, 'instance_not_gitlab'],
  ])('takes %s for no GitLab when it connects', (_what, status, headers, code) => {
    expect(
      errorFor(status, '', { path: '/api/v4/user', headers: headers as Record<string, string> }).code,
    ).toBe(code);
  });

  it('takes a redirected write for maintenance mode, so that nothing was written', () => {
    const headers = { location: 'https://gitlab.example/' };
    expect(errorFor(302, '', { write: true, headers })).toMatchObject({
      code: 'gitlab_unavailable',
      outcomeUnknown: false,
    });
  });

  it('lets the caller translate an answer that depends on the call', () => {
    const said = errorBodyOf({
      status: 404,
      headers: {},
      body: Buffer.from('{"message":"404 Tree Not Found"}'),
    });
    const translate = () => errorFor(500, {});
    expect(responseError(said, about, translate)).toMatchObject({ code: 'gitlab_unavailable' });
  });
});
