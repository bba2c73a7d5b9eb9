import { TestService, type Client } from '../support/service';

describe('A project that was moved on GitLab, with the whole service', () => {
  let service: TestService;
  let admin: Client;
  let projectId: number;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    const { gitlab } = service;
    const { value: token } = gitlab.givenToken('ada');
    const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    projectId = project.id;
    await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId }).expect(200);
    await admin.settled();
  });
  afterAll(() => service.stop());

  const moveTo = (path: string) => service.gitlab.move(projectId, path);
  const shown = async () => (await admin.get('gitlab').expect(200)).body.project;
  const pullCalls = async () => {
    await admin.post('gitlab/pull').expect(202);
    const { sync } = await admin.settled();
    expect(sync.lastRun).toMatchObject({ kind: 'pull', status: 'succeeded' });
    return (sync.lastRun as { apiCalls: number }).apiCalls;
  };
  const at = (path: string) => ({
    ...{ projectId, pathWithNamespace: path, webUrl: `${service.gitlab.url}/${path}` },
  });

  it('is shown at its new place after a pull that finds nothing new, for one call more', async () => {
    await pullCalls();
    const usual = await pullCalls();
    moveTo('grace/handbook');
    expect(await pullCalls()).toBe(usual + 1);
    expect(await shown()).toMatchObject(at('grace/handbook'));
    const { body } = await admin.patch('gitlab/project', {}).expect(200);
    expect(body).toEqual(await shown());
    expect(await pullCalls()).toBe(usual);
  });

  it('is shown at its new place after a check of the connection', async () => {
    moveTo('grace/checked');
    await admin.post('gitlab/connection/check').expect(200);
    expect(await shown()).toMatchObject(at('grace/checked'));
  });

  it('is shown at its new place after a webhook, of a push of our own as well', async () => {
    await admin.post('gitlab/webhook/register').expect(200);
    await service.gitlab.deliveries.settled();
    await admin.settled();
    moveTo('grace/pushed');
    service.gitlab.git.push(projectId, 'main', { files: { 'notes/a.md': 'a, by Grace\n' } });
    await admin.until(async () => (await shown()).pathWithNamespace === 'grace/pushed');
    await admin.until(async () => (await admin.get('context/files/notes/a.md')).text === 'a, by Grace\n');

    await admin.patch('gitlab/project', { autoSync: true }).expect(200);
    await admin.settled();
    moveTo('grace/echoed');
    await admin.put('context/files/notes/b.md', 'b\n').expect(201);
    await admin.until(async () => (await shown()).pathWithNamespace === 'grace/echoed');
    expect(await shown()).toMatchObject(at('grace/echoed'));
  });
});
