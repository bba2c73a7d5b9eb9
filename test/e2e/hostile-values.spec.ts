import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestService } from '../support/service';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Record<string, object>;
}
interface Media {
  readonly schema: Schema;
  readonly example?: object;
  readonly examples?: Record<string, { readonly value: object }>;
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Record<string, Media> };
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as Document;
const VALUES = [
  null,
  [],
  [[]],
  {},
  [null],
  0,
  -1,
  1e300,
  true,
  '',
  '\0',
  '\ud83d',
  'a\0b',
  'x'.repeat(5_000),
];
const TEXTS = ['%00', 'a%00b', '', '-1', '%F0%9F%98%80', '%ED%A0%80', '%', 'x'.repeat(5_000)];

const operations = Object.entries(document.paths)
  .filter(([path]) => path.startsWith('/api/'))
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** A caller of the API that sends nonsense learns so from the answer, never that something broke. */
describe('Values no one should send', () => {
  let service: TestService;
  let token: string;
  beforeAll(async () => {
    service = await TestService.start('embedded');
    token = await service.token();
    const { gitlab } = service;
    const admin = await service.as();
    const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const connection = { token: gitlab.givenToken('ada').value, instanceUrl: gitlab.url };
    await admin.put('gitlab/connection', connection).expect(200);
    await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    await admin.settled();
  });
  afterAll(() => service?.stop());

  const withJson = operations.filter(({ operation }) => operation.requestBody?.content['application/json']);
  it.each(withJson)(
    'in the body of $operation.operationId are refused, not stumbled over',
    async (one) => {
      const { schema, example, examples } = one.operation.requestBody!.content['application/json'];
      const right = example ?? Object.values(examples!)[0].value;
      const fields = Object.keys(propertiesOf(schema));
      const bodies = [
        [],
        [[]],
        ...fields.flatMap((field) => VALUES.map((value) => ({ ...right, [field]: value }))),
        ...fields.flatMap((field) => VALUES.map((value) => ({ [field]: value }))),
      ];
      const broken: string[] = [];
      for (const body of bodies) {
        const answer = await call(one.method, one.path, JSON.stringify(body));
        if (answer.status >= 500) broken.push(`${answer.status} ${JSON.stringify(body).slice(0, 200)}`);
      }
      expect(broken).toEqual([]);
    },
    120_000,
  );

  const withQuery = operations.filter(
    ({ operation, method, path }) => method === 'get' && !path.endsWith('/events') && operation.parameters,
  );
  it.each(withQuery)(
    'in the URL of $operation.operationId are refused, not stumbled over',
    async (one) => {
      const broken: string[] = [];
      for (const { name, in: place } of one.operation.parameters!) {
        for (const text of TEXTS) {
          if (place === 'header' || name === 'org') continue;
          const url = place === 'path' ? one.path.replace(`{${name}}`, text) : `${one.path}?${name}=${text}`;
          const answer = await call(one.method, url);
          if (answer.status >= 500) broken.push(`${answer.status} ${url.slice(0, 200)}`);
        }
      }
      expect(broken).toEqual([]);
    },
    120_000,
  );

  function call(method: string, path: string, body?: string): Promise<Response> {
    const url = `${service.url}${path.replace('{org}', service.org).replace(/\{\w+\}/g, '7')}`;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return fetch(url, { method: method.toUpperCase(), headers, body });
  }
});

function propertiesOf({ $ref, properties = {} }: Schema): Record<string, object> {
  return $ref ? propertiesOf(document.components.schemas[$ref.split('/').pop()!]) : properties;
}
