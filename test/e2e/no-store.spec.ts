import request from 'supertest';
import { TestService, type Client } from '../support/service';

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

interface OpenApi {
  readonly paths: Readonly<Record<string, Record<string, { readonly responses: Record<string, object> }>>>;
  readonly components: { readonly schemas: Record<string, object> };
}

/** A field with such a name holds a secret, or describes a token and its rights. */
const TELLING = /secret|token/i;

describe('answers that hold a secret, or the view of a token', () => {
  let service: TestService;
  let admin: Client;
  let document: OpenApi;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    document = (await request(service.url).get('/docs-json').expect(200)).body;
  });
  afterAll(() => service.stop());

  /** Returns the routes whose successful answers hold a secret by the document: `method path-below-the-org`. */
  const routes = (): string[] =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { responses }]) => holdsSecret(successOf(responses)))
        .map(([method]) => `${method} ${path.replace('/api/v1/orgs/{org}/', '')}`),
    );

  function holdsSecret(schema: unknown, seen = new Set<string>()): boolean {
    if (typeof schema !== 'object' || schema === null) return false;
    return Object.entries(schema).some(([key, value]) => {
      if (key === 'properties')
        return Object.keys(value as object).some((name) => TELLING.test(name)) || holdsSecret(value, seen);
      if (key !== '$ref') return holdsSecret(value, seen);
      const name = String(value).split('/').at(-1)!;
      if (seen.has(name)) return false;
      seen.add(name);
      return holdsSecret(document.components.schemas[name], seen);
    });
  }

  it('are those that the contract names', () => {
    expect(routes().sort()).toEqual(
      [
        'get gitlab',
        'put gitlab/connection',
        'patch gitlab/connection',
        'post gitlab/connection/check',
        'get gitlab/webhook/secret',
        'post gitlab/webhook/rotate',
      ].sort(),
    );
  });

  it('are kept by no cache', async () => {
    const project = service.gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const token = service.gitlab.givenToken('ada').value;
    const bodies: Record<string, object> = {
      'put gitlab/connection': { token, instanceUrl: service.gitlab.url },
      'patch gitlab/connection': { selfRotation: true },
    };
    await admin.put('gitlab/connection', bodies['put gitlab/connection']).expect(200);
    await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    for (const route of routes()) {
      const [method, path] = route.split(' ') as [Method, string];
      const answer = await admin[method](path, bodies[route] ?? {}).expect(200);
      expect([route, answer.headers['cache-control']]).toEqual([route, 'no-store']);
    }
  });
});

const successOf = (responses: Record<string, object>) =>
  Object.entries(responses).filter(([status]) => status.startsWith('2'));
