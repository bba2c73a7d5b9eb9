import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestService, type Client } from '../support/service';

interface Media {
  readonly schema: { readonly $ref?: string };
  readonly example?: unknown;
  readonly examples?: Record<string, { readonly value: unknown }>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { name: string; in: string; schema: { example?: string } }[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<string, unknown>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, { properties: Record<string, unknown> }> };
}
/** Values of an org by the names that the examples use for them. */
type Known = Record<string, unknown>;

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;
/** Looks like a token of GitLab, and is none. */
const CREDENTIAL = `glpat-${'a1B2c3D4e5F6g7H8i9J0'}`;
const DOCUMENT = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as Document;

const bodies = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) =>
    Object.entries(operation.requestBody?.content ?? {}).flatMap(([type, media]) =>
      Object.entries(media.examples ?? { only: { value: media.example } }).map(([name, { value }]) => ({
        ...{ title: `${operation.operationId} ${type} ${name}`, path, method, type, operation, value },
        properties: Object.keys(DOCUMENT.components.schemas[nameOf(media)]?.properties ?? {}),
      })),
    ),
  ),
);

describe('The example bodies of the OpenAPI document', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start('embedded');
  });
  afterAll(() => service?.stop());

  it.each(bodies)('$title is answered with a documented success', async (body) => {
    const org = `org-${bodies.indexOf(body)}`;
    const known = await givenOrg(service, org);
    const answer = await fetch(service.url + filled(body.path, body.operation, org), {
      method: body.method.toUpperCase(),
      headers: { authorization: `Bearer ${await service.token({ org })}`, 'content-type': body.type },
      body: sent(body.value, body.properties, known),
    });
    const said = await answer.text();
    const successes = Object.keys(body.operation.responses).filter((status) => status.startsWith('2'));
    expect([successes, said]).toEqual([expect.arrayContaining([String(answer.status)]), said]);
  });
});

/** An org with a project in sync, a pull that can be undone, and a file that is held back. */
async function givenOrg(service: TestService, org: string): Promise<Known> {
  const { gitlab } = service;
  const admin = await service.as({ org });
  const project = gitlab.givenProject(`ada/${org}`, { files: { 'notes/a.md': 'a\n' } });
  const given = () => gitlab.givenToken('ada', { expiresAt: new Date(Date.now() + YEAR_MS) });
  const connection = { token: given().value, instanceUrl: gitlab.url };
  await admin.put('gitlab/connection', connection).expect(200);
  await admin.put('gitlab/project', { projectId: project.id }).expect(200);
  await admin.put('context/files/reports/churn.md', '# Churn by month\n').expect(201);
  await admin.put('context/files/notes/churn.md', `key = ${CREDENTIAL}\n`).expect(201);
  await admin.settled();
  await synced(admin, 'push');
  gitlab.git.push(project, 'main', { files: { 'notes/b.md': 'b\n' } });
  const runId = await synced(admin, 'pull');
  const { body: history } = await admin.get('context/history?path=notes/churn.md').expect(200);
  return {
    ...{ token: given().value, instanceUrl: gitlab.url, projectId: project.id },
    ...{ runId, version: history.items[0].id },
  };
}

async function synced(admin: Client, kind: 'push' | 'pull'): Promise<string> {
  const { body } = await admin.post(`gitlab/${kind}`).expect(202);
  await admin.settled();
  return body.id;
}

function nameOf({ schema }: Media): string {
  return schema.$ref?.split('/').pop() ?? '';
}

/** Fills the parameters of the path as Swagger UI does, for another org. */
const filled = (path: string, { parameters = [] }: Operation, org: string): string =>
  parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (url, { name, schema }) => url.replace(`{${name}}`, name === 'org' ? org : schema.example!),
      path,
    );

/** Returns the example with the org's own values in place of those it names. Without a URL it would reach gitlab.com. */
function sent(value: unknown, properties: readonly string[], known: Known): string {
  if (typeof value === 'string') return value;
  const names = [...Object.keys(value as object), ...properties.filter((name) => name === 'instanceUrl')];
  const own = Object.fromEntries(names.filter((name) => name in known).map((name) => [name, known[name]]));
  return JSON.stringify({ ...(value as object), ...own });
}
