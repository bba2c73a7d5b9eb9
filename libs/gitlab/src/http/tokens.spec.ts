import { gitlabAt, json, LocalServer } from './spec-support/local-server';

type Reply = readonly [status: number, body: unknown];

const ADA: Reply = [200, { id: 1, username: 'ada', bot: false, can_create_project: true }];
const PAT: Reply = [
  200,
  { user_id: 1, scopes: ['api'], expires_at: '2027-01-31', active: true, revoked: false },
];
const NO_PAT: Reply = [
  400,
  { message: '400 Bad request - This endpoint requires token type to be a personal access token' },
];
const CLOSED: Reply = [
  403,
  { error: 'insufficient_granular_scope', error_description: 'Access denied: … permissions: [User: Read].' },
];
const SCOPE: Reply = [
  403,
  { error: 'insufficient_scope', error_description: 'The request requires…', scope: 'api read_user' },
];
const bot = (username: string, more = {}): Reply => [200, { id: 2, username, bot: true, ...more }];

describe('whoAmI', () => {
  let server: LocalServer;
  const whoAmI = async (user: Reply, self: Reply) => {
    server = await LocalServer.start(({ path }, response) => {
      const [status, body] = path === '/api/v4/user' ? user : self;
      json(response, body, status);
    });
    return gitlabAt(server.url).whoAmI();
  };

  afterEach(() => server.close());

  it('describes a personal token in two calls', async () => {
    expect(await whoAmI(ADA, PAT)).toEqual({
      username: 'ada',
      kind: 'personal',
      scopes: ['api'],
      expiresAt: new Date('2027-01-31T00:00:00Z'),
      canCreateProjects: true,
      granular: false,
    });
    expect(server.received).toHaveLength(2);
  });

  it.each([
    ['2027-01-31T10:00:00.000Z', new Date('2027-01-31T10:00:00Z')],
    [null, null],
  ])('reads the expiry %s', async (expires_at, expected) => {
    expect(await whoAmI(ADA, [200, { scopes: ['api'], expires_at }])).toMatchObject({ expiresAt: expected });
  });

  it.each([
    [bot('project_12_bot_a1b2c3'), 'project'],
    [bot('group_7_bot_ff00'), 'group'],
    [bot('project_12_bot'), 'project'],
    [bot('project_12_bot1'), 'project'],
    [bot('project_12_bot', { bot: undefined }), 'project'],
    [bot('service_account_group_7_abc'), 'personal'],
    [bot('project_12_bot_x', { bot: false }), 'personal'],
  ])('recognises the kind by the user %j: %s', async (user, kind) => {
    const found = await whoAmI(user, PAT);
    expect(found).toMatchObject({ kind, canCreateProjects: kind === 'personal' });
  });

  it('recognises a user without the right to create projects', async () => {
    const user: Reply = [200, { id: 1, username: 'ada', bot: false, can_create_project: false }];
    expect(await whoAmI(user, PAT)).toMatchObject({ kind: 'personal', canCreateProjects: false });
  });

  it('takes an OAuth token, which is not asked for its scopes', async () => {
    expect(await whoAmI(ADA, NO_PAT)).toMatchObject({
      username: 'ada',
      kind: 'personal',
      scopes: [],
      expiresAt: null,
    });
  });

  it('takes a token of a server too old to describe it', async () => {
    expect(await whoAmI(ADA, [404, { error: '404 Not Found' }])).toMatchObject({
      username: 'ada',
      scopes: [],
    });
  });

  it('takes a fine-grained token, with `/user` closed to it or not', async () => {
    const granular: Reply = [200, { user_id: 5, scopes: ['granular'], granular: true, active: true }];
    expect(await whoAmI(CLOSED, granular)).toMatchObject({
      username: 'user 5',
      kind: 'personal',
      granular: true,
    });
    await server.close();
    expect(await whoAmI(ADA, granular)).toMatchObject({ username: 'ada', granular: true });
  });

  it.each([
    ['found in the token', ADA, [200, { scopes: ['read_api', 'read_repository'] }]],
    ['refused by /user', SCOPE, [200, { scopes: ['read_repository'] }]],
  ] as [string, Reply, Reply][])('names the missing scope, %s', async (_how, user, self) => {
    await expect(whoAmI(user, self)).rejects.toMatchObject({ code: 'token_scope_missing', missing: ['api'] });
  });

  it.each([
    [{ revoked: true }, 'revoked'],
    [{ expired: true }, 'expired'],
    [{ active: false }, 'invalid'],
  ])('refuses a dead token that still answers: %j', async (state, reason) => {
    await expect(whoAmI(ADA, [200, { scopes: ['api'], ...state }])).rejects.toMatchObject({
      code: 'token_rejected',
      reason,
    });
  });
});

describe('rotateToken', () => {
  let server: LocalServer;
  const SELF: Reply = [
    200,
    { created_at: '2026-01-01T23:00:00.000Z', expires_at: '2026-01-31', active: true },
  ];
  const rotate = async (self: Reply, rotated: Reply) => {
    server = await LocalServer.start(({ method }, response) => {
      const [status, body] = method === 'GET' ? self : rotated;
      json(response, body, status);
    });
    return gitlabAt(server.url).rotateToken();
  };

  afterEach(() => server.close());

  it('asks for a life as long as the former one', async () => {
    const day = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    const { token, expiresAt } = await rotate(SELF, [200, { token: 'glpat-new', expires_at: day }]);
    expect([token.reveal(), expiresAt]).toEqual(['glpat-new', new Date(day)]);
    const [, post] = server.received;
    expect(post).toMatchObject({ method: 'POST', path: '/api/v4/personal_access_tokens/self/rotate' });
    expect(JSON.parse(post!.text)).toEqual({ expires_at: day });
  });

  it('never asks for a dead token, which would cost its successor', async () => {
    const dead: Reply = [200, { created_at: '2026-01-01', expires_at: '2026-01-31', revoked: true }];
    await expect(rotate(dead, [200, {}])).rejects.toMatchObject({
      code: 'token_rejected',
      reason: 'revoked',
    });
    expect(server.received).toHaveLength(1);
  });

  it.each<[string, Reply, Reply, object]>([
    ['too old to know tokens', [404, { error: '404 Not Found' }], [500, {}], { code: 'token_not_rotatable' }],
    [
      'too old to rotate',
      SELF,
      [404, { error: '404 Not Found' }],
      { message: expect.stringContaining('16.10') },
    ],
    ['closed to it', SELF, [405, { message: '405 Method Not Allowed' }], { code: 'token_not_rotatable' }],
    [
      'unwilling',
      SELF,
      [400, { message: '400 Bad request - disabled' }],
      { message: expect.stringContaining('disabled') },
    ],
    ['odd', SELF, [200, { id: 7 }], { code: 'gitlab_answer_invalid', outcomeUnknown: true }],
    ['down', SELF, [502, {}], { code: 'gitlab_unavailable', outcomeUnknown: true }],
  ])('of a GitLab that is %s fails in words that help', async (_, self, rotated, error) => {
    await expect(rotate(self, rotated)).rejects.toMatchObject(error);
  });
});
