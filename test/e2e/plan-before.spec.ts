import { TestService, type Client } from '../support/service';

describe('The plan of a first sync, over HTTP', () => {
  let service: TestService;
  let admin: Client;
  let projectId: number;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    const files = { 'notes/a.md': 'theirs\n', 'notes/b.md': 'b\n', 'notes/bad.yaml': 'a: [' };
    projectId = service.gitlab.givenProject('ada/context', { files }).id;
    await admin.put('context/files/notes/a.md', 'ours\n').expect(201);
    await admin.put('context/files/notes/new.md', 'new\n').expect(201);
  });
  afterAll(() => service.stop());

  const plan = (body?: object) => admin.post('gitlab/plan', body);
  const connect = () => {
    const token = service.gitlab.givenToken('ada').value;
    return admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
  };

  it('needs a connection, and says which field is wrong', async () => {
    expect((await plan({ projectId }).expect(409)).body.code).toBe('not_connected');
    await connect();
    expect((await plan().expect(409)).body.code).toBe('not_configured');
    for (const body of [{ branch: 'main' }, { projectId: '42' }, { projectId, onConflict: 'mine' }])
      expect((await plan(body).expect(400)).body.code).toBe('validation_failed');
    expect((await plan({ projectId: 999_999 }).expect(422)).body.code).toBe('project_not_found');
    expect((await plan({ projectId, branch: 'none' }).expect(422)).body.code).toBe('branch_not_found');
  });

  it('shows what would happen before anything is configured, and stores nothing', async () => {
    const before = (await admin.get('gitlab')).body;
    const { body } = await plan({ projectId, onConflict: 'dot' }).expect(200);
    expect(body).toMatchObject({
      head: service.gitlab.git.head('ada/context', 'main'),
      push: [{ path: 'notes/new.md', op: 'create' }],
      pull: [{ path: 'notes/b.md', op: 'create' }],
      conflicts: [{ path: 'notes/a.md', winner: 'dot' }],
      quarantined: [{ path: 'notes/bad.yaml' }],
    });
    expect((await plan({ projectId, onConflict: 'gitlab' })).body.conflicts[0].winner).toBe('gitlab');
    const narrow = await plan({ projectId, directories: ['reports'] }).expect(200);
    expect(narrow.body).toMatchObject({ push: [], pull: [], conflicts: [], quarantined: [] });
    expect((await admin.get('gitlab')).body).toEqual(before);
    expect((await admin.get('gitlab/runs')).body.items).toEqual([]);
  });

  it('shows another project than the configured one, whose quarantine and base do not count', async () => {
    const other = service.gitlab.givenProject('ada/other', { files: { 'notes/o.md': 'o\n' } }).id;
    const empty = service.gitlab.givenProject('ada/empty').id;
    await admin.put('gitlab/project', { projectId }).expect(200);
    await admin.settled();
    const { push, pull, quarantined } = (await plan({ projectId: other }).expect(200)).body;
    expect(pull).toEqual([{ path: 'notes/o.md', op: 'create' }]);
    expect(push.map(({ path }: { path: string }) => path)).toEqual([
      'notes/a.md',
      'notes/b.md',
      'notes/new.md',
    ]);
    expect(quarantined).toEqual([]);
    expect((await plan({ projectId: empty }).expect(200)).body).toMatchObject({ head: null, pull: [] });
    expect((await plan().expect(200)).body).toMatchObject({ push: [], pull: [] });
    expect((await admin.get('gitlab')).body.project.projectId).toBe(projectId);
    await (await service.as({ role: 'member' })).post('gitlab/plan', { projectId }).expect(403);
  });
});
