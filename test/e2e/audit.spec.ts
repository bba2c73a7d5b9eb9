import { TestService, type Client } from '../support/service';

interface Entry {
  readonly actor: { readonly subject: string; readonly name: string; readonly role: string };
  readonly action: string;
  readonly target: string | null;
  readonly from: string;
  readonly result: string;
}

describe('The audit log of the whole service', () => {
  let service: TestService;
  let admin: Client;
  let projectId: number;
  let token: string;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    projectId = service.gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } }).id;
    token = service.gitlab.givenToken('ada').value;
  });
  afterAll(() => service.stop());

  const entries = async (): Promise<Entry[]> => (await admin.get('audit?limit=200').expect(200)).body.items;
  const kept = async () =>
    (await entries()).reverse().map(({ action, target, result }) => [action, target, result]);

  it('records an installation in order', async () => {
    const instanceUrl = service.gitlab.url;
    await admin.put('gitlab/connection', { token: 'glpat-not-known-to-gitlab', instanceUrl }).expect(422);
    await admin.put('gitlab/connection', { token, instanceUrl }).expect(200);
    await admin.post('gitlab/connection/check').expect(200);
    await admin.put('gitlab/project', { projectId, nonsense: 1 }).expect(400);
    await admin.put('gitlab/project', { projectId }).expect(200);
    await admin.settled();
    await admin.patch('gitlab/project', { autoSync: true }).expect(200);
    await admin.put('context/files/notes/b.md', 'b\n').expect(201);
    await admin.get('gitlab').expect(200);
    await admin.settled();
    const push = await admin.post('gitlab/push').expect(202);
    await admin.settled();
    await admin.post(`gitlab/runs/${push.body.id}/cancel`).expect(409);
    await admin.post('gitlab/webhook/rotate').expect(200);
    await admin.post('context/restore', { path: 'notes/b.md', version: 'none' }).expect(404);
    await admin.delete('gitlab/project').expect(204);
    await admin.delete('gitlab/connection').expect(204);
    expect(await kept()).toEqual([
      ['connection.connect', null, 'token_rejected'],
      ['connection.connect', instanceUrl, 'ok'],
      ['connection.check', instanceUrl, 'ok'],
      ['project.configure', null, 'validation_failed'],
      ['project.configure', 'ada/context, branch main', 'ok'],
      ['project.change', 'ada/context, branch main', 'ok'],
      ['sync.push', push.body.id, 'ok'],
      ['run.cancel', push.body.id, 'run_over'],
      ['webhook.rotate', null, 'ok'],
      ['context.restore', null, 'not_found'],
      ['project.remove', null, 'ok'],
      ['connection.disconnect', null, 'ok'],
    ]);
    expect((await entries())[0]).toMatchObject({
      actor: { subject: 'Ada', name: 'Ada', role: 'admin' },
      from: '127.0.0.1',
    });
  });

  it('holds no token', async () => {
    const { text } = await admin.get('audit?limit=200').expect(200);
    for (const secret of [token, 'glpat-not-known-to-gitlab']) expect(text).not.toContain(secret);
  });

  it('records refusals: of a member here, of a stranger in the log of their own org', async () => {
    const member = await service.as({ role: 'member', name: 'Linus' });
    await member.delete('gitlab/connection').expect(403);
    await (await service.stranger()).delete('gitlab/connection').expect(403);
    const [last] = await entries();
    expect(last).toMatchObject({
      actor: { subject: 'Linus', role: 'member' },
      action: 'connection.disconnect',
      result: 'forbidden_role',
    });
    const theirs = await (await service.as({ org: 'globex' })).get('audit').expect(200);
    expect(theirs.body.items).toMatchObject([{ action: 'connection.disconnect', result: 'forbidden_org' }]);
  });

  it('comes in pages, to admins', async () => {
    const first = await admin.get('audit?limit=2').expect(200);
    expect(first.body.items).toHaveLength(2);
    const second = await admin.get(`audit?limit=1&cursor=${first.body.nextCursor}`).expect(200);
    expect(second.body.items).toEqual([(await admin.get('audit?limit=3')).body.items[2]]);
    await (await service.as({ role: 'member' })).get('audit').expect(403);
  });
});
