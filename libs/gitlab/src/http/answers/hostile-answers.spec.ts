import type { ServerResponse } from 'node:http';
import { DomainError } from '@app/kernel';
import type { GitLab } from '../../gitlab.port';
import { commitRow, gitlabAt, json, LocalServer, repo } from '../spec-support/local-server';

const MIB = 1024 * 1024;

const CALLS: Readonly<Record<string, (gitlab: GitLab) => Promise<unknown>>> = {
  whoAmI: (gitlab) => gitlab.whoAmI(),
  project: (gitlab) => gitlab.project(7),
  listProjects: (gitlab) => gitlab.listProjects({}),
  createProject: (gitlab) => gitlab.createProject('Docs'),
  branch: (gitlab) => gitlab.branch(7, 'main'),
  listBranches: (gitlab) => gitlab.listBranches(7, {}),
  commitById: (gitlab) => gitlab.commitById(repo, 'c1'),
  findCommit: (gitlab) => gitlab.findCommit(repo, 'c1', 'Dot-Change-Id: 1'),
  lastCommitTouching: (gitlab) => gitlab.lastCommitTouching(repo, 'c1', 'notes/a.md'),
  changesSince: (gitlab) => gitlab.changesSince(repo, 'c1'),
  tree: (gitlab) => gitlab.tree(repo, 'c1'),
  readFiles: async (gitlab) => {
    for await (const file of gitlab.readFiles(repo, 'c1', ['notes/a.md'], { maxBytes: 9 })) void file;
  },
  commit: (gitlab) =>
    gitlab.commit(repo, {
      ...{ message: 'm', author: { name: 'Ada', email: 'ada@example.com' }, base: null },
      actions: [{ op: 'create', path: 'notes/a.md', content: Buffer.from('a') }],
    }),
  listHooks: (gitlab) => gitlab.listHooks(7),
  hook: (gitlab) => gitlab.hook(7, 1),
};

describe.each(Object.entries(CALLS))('What an instance answers to %s', (name, call) => {
  let server: LocalServer;
  const ask = async (answer: (response: ServerResponse) => void): Promise<unknown> => {
    server = await LocalServer.start((_, response) => answer(response));
    const gitlab = gitlabAt(server.url, { retries: { times: 0 } });
    return call(gitlab).catch((error: unknown) => error);
  };
  afterEach(() => server.close());

  it.each<[string, unknown]>([
    ['a list', [1]],
    ['an object', { id: {} }],
    ['a list of lists', [[[]]]],
    ['nothing', null],
    ['text', 'text'],
    ['a list of nothing', [null]],
    ['what has the name of an object’s own parts', { __proto__: [], constructor: 1, length: 3 }],
  ])('may be %s: that is an error with words, never one of ours', async (_what, body) => {
    const outcome = await ask((response) => json(response, body));
    expect(outcome).toBeInstanceOf(DomainError);
    const expected =
      name === 'whoAmI'
        ? ['refused-upstream', 'instance_not_gitlab']
        : ['unavailable', 'gitlab_answer_invalid'];
    const { kind, code } = outcome as DomainError;
    expect([kind, code]).toEqual(expected);
  });

  it.each([
    ['[],', '['],
    ['{"a":', ''],
    [' ', ''],
  ])('may go on for ever with %j: the connection is closed before much of it came', async (unit, start) => {
    let sent = 0;
    const outcome = await ask((response) => {
      const block = Buffer.from(unit.repeat(Math.ceil((64 * 1024) / unit.length)));
      response.writeHead(200, { 'content-type': 'application/json' });
      const write = () => {
        while (!response.destroyed && sent < 200 * MIB) {
          sent += block.length;
          if (!response.write(block)) return void response.once('drain', write);
        }
        response.end();
      };
      response.write(start);
      write();
    });
    expect(outcome).toBeInstanceOf(DomainError);
    expect(sent).toBeLessThan(64 * MIB);
  });

  it('may hold characters that no database stores: they are replaced', async () => {
    const outcome = await ask((response) =>
      json(response, { message: `no \0 \ud83d \u202e way`, error: [[[[[['deep']]]]]] }, 422),
    );
    expect(outcome).toBeInstanceOf(DomainError);
    expect((outcome as Error).message).not.toMatch(/[\0\u202e]|\p{Surrogate}/u);
  });
});

describe('A commit', () => {
  it.each([
    ['292277026596-12-04T15:30:07.000+00:00', '9999-12-31T23:59:59.000Z'],
    ['+275760-09-13T00:00:00.000Z', '9999-12-31T23:59:59.000Z'],
    ['10000-01-01T00:00:00.000+00:00', '9999-12-31T23:59:59.000Z'],
    ['-4713-01-01T00:00:00.000+00:00', '0001-01-01T00:00:00.000Z'],
    ['0000-01-01T00:00:00.000+00:00', '0001-01-01T00:00:00.000Z'],
    ['2026-01-02T03:04:05.000+02:00', '2026-01-02T01:04:05.000Z'],
  ])('may be dated %s by its author: the nearest time that can be stored is taken', async (given, stored) => {
    const server = await LocalServer.start((_, response) =>
      json(
        response,
        commitRow('c1', { authored_date: given, committed_date: given, message: 'a\0b \ud83d' }),
      ),
    );
    const commit = await gitlabAt(server.url).commitById(repo, 'c1');
    expect(commit).toMatchObject({ committedAt: new Date(stored), authoredAt: new Date(stored) });
    expect(commit.message).toBe('a\ufffdb \ufffd');
    await server.close();
  });
});
