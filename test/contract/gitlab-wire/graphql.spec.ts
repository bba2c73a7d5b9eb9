import { Wire } from './wire';
import type { WireAnswer } from './wire';

const MIB = 1024 * 1024;

describe('GitLab on the wire: GraphQL', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  const QUERY = `query ($paths: [String!]!, $ref: String) { project(fullPath: "ada/docs") { repository {
    blobs(ref: $ref, paths: $paths) { nodes { base64EncodedBlob ...rest } } } } }
    fragment rest on RepositoryBlob { rawTextBlob size rawSize mode oid path }`;

  const ask = (variables: object, query = QUERY) => wire.query(query, variables);
  const nodes = ({ body }: WireAnswer) => body.data.project.repository.blobs.nodes;

  it('returns files with their sizes as text, and leaves out absent ones', async () => {
    wire.instance.git.push(wire.id, 'main', { files: { 'bin.md': Buffer.from([0, 1]) } });
    const answer = await ask({ paths: ['README.md', 'bin.md', 'none.md'] });
    expect(nodes(answer)).toEqual([
      expect.objectContaining({
        path: 'README.md',
        size: '7',
        rawSize: '7',
        mode: '100644',
        rawTextBlob: '# Docs\n',
      }),
      expect.objectContaining({ path: 'bin.md', rawTextBlob: null, base64EncodedBlob: 'AAE=' }),
    ]);
  });

  it('reports errors with status 200', async () => {
    expect(await ask({ paths: ['README.md'], ref: 'none' })).toMatchObject({
      status: 200,
      body: { errors: [{ message: 'Ref is not valid' }] },
    });
  });

  it('refuses too much content in one query, except of one file', async () => {
    await wire.stop();
    await wire.start({ graphqlBlobBytes: MIB });
    const files = {
      'a.md': Buffer.alloc(0.6 * MIB),
      'b.md': Buffer.alloc(0.6 * MIB),
      'c.md': Buffer.alloc(1.1 * MIB),
    };
    wire.instance.git.push(wire.id, 'main', { files });
    const answer = await ask({ paths: ['a.md', 'b.md'] });
    expect(answer.body.errors[0].message).toBe('Max blobs size limit exceeded (1.20 MiB / 1 MiB).');
    expect(nodes(await ask({ paths: ['c.md'] }))).toHaveLength(1);
    const sizes = QUERY.replace('base64EncodedBlob', '').replace('rawTextBlob', '');
    expect(nodes(await ask({ paths: ['a.md', 'b.md'] }, sizes))).toHaveLength(2);
  });

  it('refuses queries that are too complex', async () => {
    const paths = (count: number) => Array.from({ length: count }, (_, n) => `${n}.md`);
    expect((await ask({ paths: paths(100) })).body.errors).toBeUndefined();
    expect((await ask({ paths: paths(120) })).body.errors[0].message).toMatch(
      /^Query has complexity of \d+, which exceeds max complexity of 250$/,
    );
  });

  it('needs a token of the right scope', async () => {
    wire.token = 'nobody';
    expect(await ask({ paths: [] })).toMatchObject({
      status: 401,
      body: { errors: [{ message: 'Invalid token' }] },
    });
    wire.token = wire.instance.givenToken('ada', { scopes: ['read_repository'] }).value;
    expect(await ask({ paths: [] })).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } });
  });
});
