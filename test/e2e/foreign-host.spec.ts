import {
  Body,
  Controller,
  Get,
  Injectable,
  Module,
  Param,
  Post,
  VersioningType,
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
} from '@nestjs/common';
import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { text } from 'express';
import request from 'supertest';
import { FakeGitLabConnector, FakeGitLabInstance } from '@app/fake-gitlab';
import {
  Clock,
  GitLabSync,
  GitLabSyncModule,
  OnGitLabSync,
  orgId,
  type Actor,
  type GitLabSyncEvent,
  type GitLabSyncExtras,
  type GitLabSyncOptions,
} from '@app/gitlab-sync';
import { EventBus } from '@app/kernel';
import { freshDatabase, type FreshDatabase } from '../support/database';
import { routesOf } from '../support/routes';
import { HeaderCallers, TEST_KEYS } from '../support/test-host';

const acme = orgId('acme');
const ada: Actor = { subject: 'u1', name: 'Ada', role: 'admin', address: '127.0.0.1' };

/** The host's own routes. */
@Controller('trains')
class Trains {
  @Get(':id')
  find(@Param('id') id: string) {
    if (id === 'ghost') throw new Error('a bug of the host');
    return { id };
  }

  @Post()
  build(@Body() body: object) {
    return body;
  }
}

const Public = () => Reflect.metadata('public', true);

/** The host's global guard, which knows nothing of ours. */
@Injectable()
class HostGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (this.reflector.get<boolean | undefined>('public', context.getClass())) return true;
    return context.switchToHttp().getRequest<{ headers: object }>().headers['x-host' as never] === 'yes';
  }
}

describe('a host of its own', () => {
  const gitlab = new FakeGitLabInstance({ url: 'https://gitlab.com' });
  const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
  let database: FreshDatabase;
  let app: INestApplication;

  beforeAll(async () => (database = await freshDatabase()));
  afterAll(() => database.drop());
  afterEach(() => app.close());

  async function start(
    more: Partial<GitLabSyncOptions> & GitLabSyncExtras = {},
    prepare: (host: NestExpressApplication) => void = () => undefined,
    providers: object[] = [],
  ) {
    @Module({
      imports: [
        GitLabSyncModule.forRoot({
          database: { url: database.url, poolSize: 3 },
          publicUrl: 'https://dot.example.com',
          keys: TEST_KEYS,
          role: 'web',
          gitlab: { connector: new FakeGitLabConnector(gitlab) },
          ...more,
        }),
      ],
      controllers: [Trains],
      providers: providers as never,
    })
    class Host {}
    const host = await NestFactory.create<NestExpressApplication>(Host, {
      logger: false,
      abortOnError: false,
    });
    prepare(host);
    app = await host.init();
    return request(app.getHttpServer());
  }

  /** Calls a route as the router lists it. */
  function call(http: ReturnType<typeof request>, route: string, headers: Record<string, string> = {}) {
    const [method, path] = route.split(' ') as ['get', string];
    const url = path
      .replace('{org}', 'acme')
      .replace('{projectId}', '1')
      .replace(/\{\w+\}/g, 'x');
    return http[method](url).set(headers);
  }

  const ours = () => routesOf(app).filter((route) => route.includes('{org}'));

  it('that forgets everything answers 401 on every route', async () => {
    const http = await start();
    expect(ours().length).toBeGreaterThan(35);
    for (const route of ours()) {
      const { status, body } = await call(http, route, { 'x-caller': 'admin acme' });
      expect([route, status, body.code]).toEqual([route, 401, 'unauthenticated']);
    }
  });

  it('answers no route to a caller of another org', async () => {
    const http = await start({ callerSource: HeaderCallers });
    for (const route of ours()) {
      const { status, body } = await call(http, route, { 'x-caller': 'admin globex' });
      expect([route, status, body.code]).toEqual([route, 403, 'forbidden_org']);
    }
  });

  it('keeps its own routes as they were', async () => {
    const http = await start({ callerSource: HeaderCallers });
    await http.get('/trains/t1').expect(200, { id: 't1' });
    await http.get('/trains/ghost').expect(500, { statusCode: 500, message: 'Internal server error' });
    await http.post('/trains').send({ any: 'field' }).expect(201, { any: 'field' });
    const broken = await http.post('/trains').type('json').send('{"a').expect(400);
    expect(broken.body).not.toHaveProperty('code');
    await http
      .get('/nothing')
      .expect(404, { message: 'Cannot GET /nothing', error: 'Not Found', statusCode: 404 });
  });

  it('cannot inject our clock by accident', async () => {
    @Injectable()
    class Curious {
      constructor(readonly clock: Clock) {}
    }
    await expect(start({ isGlobal: true }, undefined, [Curious])).rejects.toThrow(/Curious.*Clock/);
  });

  it('has its guard, its prefix, its version and its marker of public routes respected', async () => {
    const http = await start(
      {
        callerSource: HeaderCallers,
        http: { path: 'sync', webhooks: { path: 'hooks', decorators: [Public()] } },
        webhookPath: 'api/hooks/webhooks/gitlab',
      },
      (host) => {
        host.setGlobalPrefix('api');
        host.enableVersioning({ type: VersioningType.URI, defaultVersion: '2' });
      },
      [{ provide: APP_GUARD, useClass: HostGuard }],
    );
    const status = '/api/sync/orgs/acme/gitlab';
    await http.get(status).set('x-caller', 'admin acme').expect(403);
    await http.get(status).set({ 'x-caller': 'admin acme', 'x-host': 'yes' }).expect(200);
    await http.post('/api/hooks/webhooks/gitlab/unknown').send({}).expect(404);
  });

  it.each([
    ['its default parsers', () => undefined],
    [
      'a parser that takes every text',
      (host: NestExpressApplication) => void host.use(text({ type: '*/*' })),
    ],
  ])('has the bytes of a file kept as they were sent, behind %s', async (_, prepare) => {
    const http = await start({ callerSource: HeaderCallers }, prepare);
    const url = '/orgs/acme/context/files/notes/bytes.md';
    const bytes = Buffer.from('\uFEFFünï\r\n{"a": 1}');
    for (const type of ['text/markdown', 'application/yaml', 'application/octet-stream']) {
      await http.put(url).set({ 'x-caller': 'member acme', 'content-type': type }).send(bytes);
      expect((await app.get(GitLabSync).context.read(acme, 'notes/bytes.md')).content).toEqual(bytes);
    }
    const json = await http
      .put('/orgs/acme/context/files/notes/json.md')
      .set({ 'x-caller': 'member acme', 'content-type': 'application/json' })
      .send('{"a": 1}')
      .expect(415);
    expect(json.body).toMatchObject({ code: 'unsupported_media_type' });
    const { items } = await app.get(GitLabSync).context.list(acme, { prefix: 'notes/json' });
    expect(items).toEqual([]);
  });

  it('has a delivery proven by the bytes that GitLab sent, behind its default parsers', async () => {
    const http = await start({ callerSource: HeaderCallers });
    const sync = app.get(GitLabSync);
    await sync.connect(acme, { token: gitlab.givenToken('ada').value }, ada);
    await sync.configure(acme, { projectId: project.id }, ada);
    const { url } = (await sync.webhook.view(acme))!;
    const { secret } = await sync.webhook.secret(acme, ada);
    const push = {
      object_kind: 'push',
      project_id: project.id,
      ref: 'refs/heads/main',
      big: 'x'.repeat(200_000),
    };
    const receipt = await http
      .post(new URL(url).pathname)
      .set({ 'X-Gitlab-Event': 'Push Hook', 'X-Gitlab-Token': secret })
      .send(push)
      .expect(202);
    expect(receipt.body).toEqual({ status: 'accepted' });
  });

  it('may leave out the routes', async () => {
    await start({ http: false });
    expect(routesOf(app)).toEqual(['get /trains/{id}', 'post /trains']);
    expect(await app.get(GitLabSync).status(acme)).toMatchObject({ health: expect.any(String) });
  });

  it('receives events in its own providers, and reads those it missed from the feed', async () => {
    @Injectable()
    class Alarms {
      readonly received: GitLabSyncEvent[] = [];

      @OnGitLabSync('connection.changed.v1')
      @OnGitLabSync('connection.removed.v1')
      note(event: GitLabSyncEvent) {
        this.received.push(event);
      }
    }
    const http = await start({ callerSource: HeaderCallers }, undefined, [Alarms]);
    const sync = app.get(GitLabSync);
    const org = orgId('feeding');
    await sync.connect(org, { token: gitlab.givenToken('ada').value }, ada);
    await sync.disconnect(org, ada);
    await app.get(EventBus, { strict: false }).settled();
    expect(app.get(Alarms).received).toMatchObject([
      { name: 'connection.changed.v1', org },
      { name: 'connection.removed.v1', org },
    ]);
    const { body } = await http.get('/orgs/feeding/gitlab/feed').set('x-caller', 'admin feeding').expect(200);
    expect(body.items.map(({ data }: { data: object }) => data)).toEqual(app.get(Alarms).received);
    expect(await sync.feed(org, body.nextCursor)).toEqual({ items: [], nextCursor: body.nextCursor });
  });

  it('follows the status until it has seen enough, and its actions are audited', async () => {
    await start();
    const sync = app.get(GitLabSync);
    const org = orgId('following');
    const enough = new AbortController();
    const states = [];
    for await (const { state } of sync.watchStatus(org, enough.signal)) {
      states.push(state);
      if (state === 'connected') enough.abort();
      else await sync.connect(org, { token: gitlab.givenToken('ada').value }, ada);
    }
    expect(states).toEqual(['disconnected', 'connected']);
    const { items } = await sync.audit(org);
    expect(items).toMatchObject([{ action: 'connection.connect', actor: { name: 'Ada' }, result: 'ok' }]);
  });

  it('refuses a token that is none, before it asks GitLab, and records the attempt', async () => {
    await start();
    const sync = app.get(GitLabSync);
    const org = orgId('mistyping');
    await expect(sync.connect(org, { token: 'two words' }, ada)).rejects.toMatchObject({
      code: 'validation_failed',
    });
    expect((await sync.audit(org)).items).toMatchObject([{ result: 'validation_failed' }]);
  });

  it('may give its options later, from a module of its own', async () => {
    @Module({ providers: [{ provide: 'settings', useValue: { url: database.url } }], exports: ['settings'] })
    class Settings {}

    @Module({
      imports: [
        GitLabSyncModule.forRootAsync({
          imports: [Settings],
          inject: ['settings'],
          useFactory: ({ url }: { url: string }) => ({
            database: { url, poolSize: 3 },
            publicUrl: 'https://dot.example.com',
            keys: TEST_KEYS,
          }),
          role: 'web',
          http: { path: 'api/v1' },
          callerSource: HeaderCallers,
        }),
      ],
    })
    class LateHost {}
    app = await NestFactory.create(LateHost, { logger: false, abortOnError: false });
    await app.init();
    await request(app.getHttpServer())
      .get('/api/v1/orgs/acme/gitlab')
      .set('x-caller', 'admin acme')
      .expect(200);
  });
});
