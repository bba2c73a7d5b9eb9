import { randomUUID } from 'node:crypto';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { INestApplication } from '@nestjs/common';
import request from 'supertest';
import { FakeGitLabConnector, FakeGitLabInstance } from '@app/fake-gitlab';
import { Clock, ManualClock } from '@app/kernel';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { startTestHost } from '../support/test-host';

describe('The connection and the project over HTTP', () => {
  const clock = new ManualClock();
  const gitlab = new FakeGitLabInstance({ clock, url: 'https://gitlab.com' });
  const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
  const token = gitlab.givenToken('ada').value;
  let database: FreshDatabase;
  let app: INestApplication;
  let org: string;

  beforeAll(async () => {
    database = await freshDatabase();
    app = await startTestHost(database.url, {
      clock: { provide: Clock, useValue: clock },
      gitlab: { connector: new FakeGitLabConnector(gitlab) },
    });
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });
  beforeEach(() => (org = `org-${randomUUID()}`));

  function call(
    method: 'get' | 'put' | 'post' | 'patch' | 'delete',
    path: string,
    body?: object,
    role = 'admin',
  ) {
    const sent = request(app.getHttpServer())
      [method](`/orgs/${org}/gitlab/${path}`)
      .set('x-caller', `${role} ${org}`);
    return body ? sent.send(body) : sent;
  }
  const connect = () => call('put', 'connection', { token }).expect(200);
  const configure = (body: object = { projectId: project.id }) => call('put', 'project', body);

  it('answers the connection as the contract says, and never the token', async () => {
    const answer = await connect();
    expect(answer.body).toEqual({
      instanceUrl: 'https://gitlab.com',
      username: 'ada',
      tokenKind: 'personal',
      scopes: ['api'],
      expiresAt: null,
      canCreateProjects: true,
      notice: null,
      connectedAt: '2026-01-01T00:00:00.000Z',
      connectedBy: 'Ada',
    });
    expect(answer.text).not.toContain(token);
  });

  it('explains why a project token hides “Create new project”', async () => {
    const { value } = gitlab.givenProjectToken(project);
    const { body } = await call('put', 'connection', { token: ` ${value}\n` }).expect(200);
    expect(body).toMatchObject({ tokenKind: 'project', canCreateProjects: false });
    expect(body.notice).toContain('Create new project is hidden');
  });

  it('checks the connection', async () => {
    await connect();
    await configure().expect(200);
    const { body } = await call('post', 'connection/check').expect(200);
    expect(body).toMatchObject({ username: 'ada', notice: null });
    expect(body.checks).toContainEqual({
      name: 'push',
      ok: true,
      detail: 'The token may push to the branch main.',
    });
  });

  it('disconnects, with a dead token too, and forgets the project', async () => {
    const dying = gitlab.givenToken('ada');
    await call('put', 'connection', { token: dying.value }).expect(200);
    await configure().expect(200);
    dying.revoked = true;
    const { body } = await call('post', 'connection/check').expect(200);
    expect(body.checks).toContainEqual(expect.objectContaining({ name: 'token', ok: false }));
    await call('delete', 'connection').expect(204, '');
    await call('delete', 'connection').expect(409);
    await connect();
    await call('delete', 'project').expect(409);
  });

  it('answers the project as the contract says', async () => {
    await connect();
    const { body } = await configure().expect(200);
    const view = {
      projectId: project.id,
      pathWithNamespace: 'ada/context',
      webUrl: 'https://gitlab.com/ada/context',
      branch: 'main',
      directories: ['notes', 'data_sources', 'reports', 'skills', 'relationships.yaml'],
      autoSync: false,
      autoPull: true,
      messagePrefix: '',
      fallbackAuthor: false,
      reportStatus: 'off',
      publish: 'direct',
      workBranch: 'dot/context',
      quietSeconds: 30,
      mergeRequest: null,
      created: false,
      warnings: [],
    };
    expect(body).toEqual(view);
    const changed = await call('patch', 'project', { autoSync: true, directories: ['notes/'] }).expect(200);
    expect(changed.body).toEqual({ ...view, autoSync: true, directories: ['notes'] });
    const rules = { messagePrefix: 'docs: ', fallbackAuthor: true, reportStatus: 'strict' };
    expect((await call('patch', 'project', rules).expect(200)).body).toMatchObject({
      ...rules,
      autoSync: true,
    });
    const wrong = await call('patch', 'project', { directories: ['NOTES'] }).expect(200);
    expect(wrong.body.warnings).toEqual([
      'NOTES matches nothing, because upper and lower case differ; name notes instead',
    ]);
    for (const messagePrefix of ['a\nb', 'x'.repeat(101), 1])
      await call('patch', 'project', { messagePrefix }).expect(400);
    for (const reportStatus of ['loud', true, null])
      await call('patch', 'project', { reportStatus }).expect(400);
    const publishing = { publish: 'merge_request', workBranch: 'dot/notes', quietSeconds: 5 };
    expect((await call('patch', 'project', publishing).expect(200)).body).toMatchObject(publishing);
    for (const bad of [
      { publish: 'both' },
      { workBranch: 'main' },
      { workBranch: 'a b' },
      { quietSeconds: -1 },
    ])
      await call('patch', 'project', bad).expect(400);
    await call('delete', 'project').expect(204, '');
    await call('patch', 'project', { autoSync: false }).expect(409);
  });

  it('keeps both of two settings changed at the same time, every time', async () => {
    await connect();
    await configure().expect(200);
    for (const on of [true, false, true, false, true]) {
      await Promise.all([
        call('patch', 'project', { autoSync: on }).expect(200),
        call('patch', 'project', { autoPull: on }).expect(200),
      ]);
      const { body } = await call('patch', 'project', {}).expect(200);
      expect(body).toMatchObject({ autoSync: on, autoPull: on });
    }
  });

  it('creates a project', async () => {
    await connect();
    const { body } = await configure({ create: { name: `Dot ${org}` } }).expect(200);
    expect(body).toMatchObject({ created: true, branch: 'main' });
  });

  it('lists projects and branches', async () => {
    await connect();
    const projects = await call('get', 'projects?search=context&limit=1').expect(200);
    expect(projects.body).toEqual({
      items: [
        {
          id: project.id,
          name: 'context',
          pathWithNamespace: 'ada/context',
          webUrl: 'https://gitlab.com/ada/context',
          defaultBranch: 'main',
          emptyRepo: false,
          archived: false,
        },
      ],
      nextCursor: null,
    });
    const branches = await call('get', `projects/${project.id}/branches`).expect(200);
    expect(branches.body).toEqual({
      items: [{ name: 'main', default: true, protected: true, canPush: true }],
      nextCursor: null,
    });
  });

  it.each<[string, 'put' | 'patch' | 'get', string, object | undefined, string[]]>([
    ['no token', 'put', 'connection', {}, ['token']],
    ['a token that is no text', 'put', 'connection', { token: 7 }, ['token']],
    ['a token with a line break', 'put', 'connection', { token: 'glpat-a\nb' }, ['token']],
    ['an instance that is no text', 'put', 'connection', { token: 'x', instanceUrl: 1 }, ['instanceUrl']],
    [
      'user info in the instance',
      'put',
      'connection',
      { token: 'x', instanceUrl: 'https://a:b@c' },
      ['instanceUrl'],
    ],
    ['an unknown field', 'put', 'connection', { token: 'x', nope: 1 }, ['nope']],
    ['neither project nor create', 'put', 'project', {}, ['projectId', 'create']],
    ['a project that is no number', 'put', 'project', { projectId: '7' }, ['projectId']],
    ['a null', 'put', 'project', { projectId: 7, branch: null }, ['branch']],
    ['a blank name', 'put', 'project', { create: { name: ' ' } }, ['create.name']],
    ['an unknown field within', 'put', 'project', { create: { name: 'a', path: 'b' } }, ['create.path']],
    ['an unknown rule', 'put', 'project', { projectId: 7, onConflict: 'me' }, ['onConflict']],
    ['directories that are no list', 'put', 'project', { projectId: 7, directories: 'a' }, ['directories']],
    ['a bad directory', 'patch', 'project', { directories: ['ok', '../x'] }, ['directories[1]']],
    ['a switch that is no boolean', 'patch', 'project', { autoSync: 'yes' }, ['autoSync']],
    ['a setting of another route', 'patch', 'project', { projectId: 7 }, ['projectId']],
    ['a bad project id', 'get', 'projects/x/branches', undefined, ['projectId']],
    ['a bad limit', 'get', 'projects?limit=201', undefined, ['limit']],
  ])('refuses %s with 400 and the names of the fields', async (_, method, path, body, fields) => {
    await connect();
    const answer = await call(method, path, body).expect(400);
    expect(answer.body).toMatchObject({ status: 400, code: 'validation_failed' });
    const named = answer.body.errors.map(({ field }: { field: string }) => field);
    expect([...new Set(named)]).toEqual(fields);
  });

  it.each<[number, string, 'put' | 'post' | 'patch' | 'delete' | 'get', string, object | undefined]>([
    [409, 'not_connected', 'delete', 'connection', undefined],
    [409, 'not_connected', 'post', 'connection/check', undefined],
    [409, 'not_connected', 'put', 'project', { projectId: 1 }],
    [409, 'not_connected', 'patch', 'project', {}],
    [409, 'not_connected', 'delete', 'project', undefined],
    [409, 'not_connected', 'get', 'projects', undefined],
    [409, 'not_connected', 'get', 'projects/1/branches', undefined],
    [422, 'token_rejected', 'put', 'connection', { token: 'glpat-unknown' }],
    [422, 'instance_unreachable', 'put', 'connection', { token, instanceUrl: 'https://nowhere.test' }],
  ])('without a connection answers %i %s to %s %s', async (status, code, method, path, body) => {
    const answer = await call(method, path, body).expect(status);
    expect(answer.body).toMatchObject({ status, code });
    expect(answer.type).toBe('application/problem+json');
    expect(answer.text).not.toContain(token);
  });

  it.each<[number, string, object]>([
    [422, 'project_not_found', { projectId: 999_999 }],
    [422, 'branch_not_found', { projectId: project.id, branch: 'nope' }],
    [409, 'project_name_taken', { create: { name: 'context' } }],
  ])('with a connection answers %i %s to %j', async (status, code, body) => {
    await connect();
    expect((await configure(body).expect(status)).body).toMatchObject({ code });
    await call('delete', 'project').expect(409);
  });

  it.each<['put' | 'post' | 'patch' | 'delete' | 'get', string]>([
    ['put', 'connection'],
    ['post', 'connection/check'],
    ['delete', 'connection'],
    ['get', 'projects'],
    ['get', 'projects/1/branches'],
    ['put', 'project'],
    ['patch', 'project'],
    ['delete', 'project'],
  ])('lets only admins of the org %s %s', async (method, path) => {
    expect((await call(method, path, undefined, 'member').expect(403)).body.code).toBe('forbidden_role');
    const stranger = call(method, path).set('x-caller', 'admin another-org');
    expect((await stranger.expect(403)).body.code).toBe('forbidden_org');
    expect((await call(method, path).set('x-caller', '').expect(401)).body.code).toBe('unauthenticated');
  });

  it('describes every route and its errors for Swagger UI', () => {
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const paths = Object.entries(document.paths).filter(([path]) =>
      /gitlab\/(connection|project)/.test(path),
    );
    for (const [path, methods] of paths) {
      for (const operation of Object.values(
        methods as Record<string, { summary?: string; responses: object }>,
      )) {
        expect([path, operation.summary]).toEqual([path, expect.any(String)]);
        expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403']));
      }
    }
    expect(paths).toHaveLength(5);
    const { properties } = document.components?.schemas?.ConnectBody as { properties: object };
    expect(properties).toMatchObject({ token: { type: 'string', writeOnly: true } });
  });
});
