import { createAction, Wire } from './wire';

describe('GitLab on the wire: authentication', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  it('refuses requests without a token', async () => {
    const answer = await wire.call('GET', '/user', undefined, { 'private-token': '' });
    expect(answer).toMatchObject({ status: 401, body: { message: '401 Unauthorized' } });
  });

  const asBearer = (token: string, path: string) =>
    wire.send(`/api/v4${path}`, { headers: { authorization: `Bearer ${token}` } });

  it('takes personal tokens in both places, OAuth tokens only as bearer', async () => {
    const oauth = wire.instance.givenToken('ada', { kind: 'oauth' }).value;
    expect((await asBearer(wire.token, '/user')).status).toBe(200);
    expect((await asBearer(oauth, '/user')).status).toBe(200);
    expect((await wire.call('GET', '/user')).status).toBe(200);
    wire.token = oauth;
    expect((await wire.call('GET', '/user')).status).toBe(401);
  });

  it('says that an OAuth token is no personal one', async () => {
    const oauth = wire.instance.givenToken('ada', { kind: 'oauth' }).value;
    expect(await asBearer(oauth, '/personal_access_tokens/self')).toMatchObject({
      status: 400,
      body: { message: '400 Bad request - This endpoint requires token type to be a personal access token' },
    });
  });

  it.each([
    ['expired', 'Token is expired. You can either do re-authorization or token refresh.'],
    ['revoked', 'Token was revoked. You have to re-authorize from the user.'],
  ])('reports that a token is %s', async (how, description) => {
    const dead = how === 'expired' ? { expiresAt: wire.clock.now() } : { revoked: true };
    wire.token = wire.instance.givenToken('ada', dead).value;
    const answer = await wire.call('GET', '/user');
    expect(answer).toMatchObject({
      status: 401,
      body: { error: 'invalid_token', error_description: description },
    });
    expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
  });

  it('reports the missing scopes', async () => {
    wire.token = wire.instance.givenToken('ada', { scopes: ['read_api'] }).value;
    const answer = await wire.commit({ actions: [createAction('a.md')] });
    expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope', scope: 'api' } });
    expect(answer.headers.has('www-authenticate')).toBe(false);
  });

  it('reports the missing permission of a fine-grained token', async () => {
    wire.token = wire.instance.givenToken('ada', { permissions: ['read_project'] }).value;
    expect(await wire.call('GET', `${wire.project}/repository/tree`)).toMatchObject({
      status: 403,
      body: {
        error: 'insufficient_granular_scope',
        error_description:
          'Access denied: This operation requires a fine-grained personal access token with the following ' +
          'project permissions: [Repository Tree: Read].',
      },
    });
  });

  it('lets a token look at itself with any scope', async () => {
    wire.token = wire.instance.givenToken('ada', { scopes: ['read_repository'], name: 'reader' }).value;
    expect(await wire.call('GET', '/personal_access_tokens/self')).toMatchObject({
      status: 200,
      body: { name: 'reader', active: true, revoked: false, granular: false, scopes: ['read_repository'] },
    });
    expect((await wire.call('GET', '/user')).status).toBe(403);
  });

  describe('a token that rotates itself', () => {
    const rotate = (body?: object) => wire.call('POST', '/personal_access_tokens/self/rotate', body);
    const answersTo = async (token: string) => {
      wire.token = token;
      return (await wire.call('GET', '/user')).status;
    };

    it.each([
      [undefined, '2026-01-08'],
      [{ expires_at: '2026-03-01' }, '2026-03-01'],
    ])('with %j ends on %s, and returns its value once', async (body, end) => {
      wire.token = wire.instance.givenToken('ada', {
        name: 'sync',
        scopes: ['self_rotate', 'read_user'],
      }).value;
      const { status, body: successor } = await rotate(body);
      expect(status).toBe(200);
      expect(successor).toMatchObject({
        name: 'sync',
        scopes: ['self_rotate', 'read_user'],
        active: true,
        revoked: false,
        last_used_at: null,
        expires_at: end,
        token: expect.stringMatching(/^glpat-/),
      });
      expect(await answersTo(wire.token)).toBe(401);
      expect(await answersTo(successor.token)).toBe(200);
      expect((await wire.call('GET', '/personal_access_tokens/self')).body).not.toHaveProperty('token');
    });

    it('needs a scope for it, and an end that the instance allows', async () => {
      const { token } = wire;
      wire.token = wire.instance.givenToken('ada', { scopes: ['read_api'] }).value;
      expect(await rotate()).toMatchObject({ status: 403, body: { scope: 'api self_rotate' } });
      wire.token = token;
      expect(await rotate({ expires_at: '2028-01-01' })).toMatchObject({
        status: 400,
        body: { message: '400 Bad request - Expiration date must be before 2027-01-01' },
      });
      expect(await answersTo(token)).toBe(200);
    });

    it('takes its successors with it when it asks once more, dead', async () => {
      const { token } = wire;
      const { body: successor } = await rotate();
      expect((await rotate()).status).toBe(401);
      expect(await answersTo(successor.token)).toBe(401);
      expect(await answersTo(wire.instance.givenToken('ada').value)).toBe(200);
      expect(await answersTo(token)).toBe(401);
    });
  });
});
