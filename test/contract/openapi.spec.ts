import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiClient } from '../support/api';
import { TestService } from '../support/service';

const ROOT = join(__dirname, '../..');
const DOCUMENT = JSON.parse(readFileSync(join(ROOT, 'docs/openapi.json'), 'utf8')) as Document;

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly requestBody?: { readonly content: Record<string, object> };
  readonly responses: Record<string, { readonly content?: Record<string, object> }>;
}

const operations = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.values(methods).map((operation) => ({ path, ...operation })),
);
const hasExample = (media: object) => 'example' in media || 'examples' in media;

describe('The OpenAPI document', () => {
  it('and the types of the client and the page of errors are made of the routes, and pass the recommended rules of Redocly and Spectral', () => {
    const args = [
      '--require',
      './test/support/run-typescript.cjs',
      'test/contract/openapi/write.ts',
      '--check',
    ];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    expect(stdout + stderr).toBe('');
    expect(status).toBe(0);
  });

  it('names each operation once, by a verb and its subject', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(ids.filter((id) => !/^[a-z]+([A-Z][a-zA-Z]+)?$/.test(id) || /controller/i.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('readFile');
  });

  it('has an example of each body, of each answer and of each error', () => {
    const bodies = operations.flatMap(({ operationId, requestBody, responses }) => [
      ...Object.entries(requestBody?.content ?? {}).map(
        ([type, media]) => [operationId, type, media] as const,
      ),
      ...Object.entries(responses).flatMap(([status, { content = {} }]) =>
        Object.values(content).map((media) => [operationId, status, media] as const),
      ),
    ]);
    expect(bodies.length).toBeGreaterThan(200);
    expect(bodies.filter(([, , media]) => !hasExample(media)).map(([id, what]) => `${id} ${what}`)).toEqual(
      [],
    );
  });

  it('declares for each call of the API that it may be limited, and that the database may be unavailable', () => {
    const api = operations.filter(({ path }) => path.startsWith('/api/'));
    expect(api.length).toBeGreaterThan(25);
    expect(api.filter(({ responses }) => !responses[429] || !responses[500] || !responses[503])).toEqual([]);
  });
});

describe('The running server', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start('embedded');
  });
  afterAll(() => service?.stop());

  it('serves the committed document', async () => {
    const served = await fetch(`${service.url}/docs-json`);
    expect(await served.json()).toEqual(DOCUMENT);
  });

  it('answers the typed client', async () => {
    const client = apiClient(service.url, await service.token());
    const { data } = await client.GET('/api/v1/orgs/{org}/gitlab', {
      params: { path: { org: service.org } },
    });
    expect(data?.state).toBe('disconnected');
  });
});
