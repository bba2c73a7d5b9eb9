import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { SystemClock } from '@app/kernel';
import { TestService, type Client } from '../support/service';

describe('A GitLab below a path of its host, with the whole service', () => {
  let service: TestService;
  let admin: Client;
  beforeAll(async () => {
    service = await TestService.start('embedded', { basePath: '/tools/gitlab' });
    admin = await service.as();
  });
  afterAll(() => service.stop());

  const push = (text: string) =>
    service.gitlab.git.push('ada/context', 'main', { files: { 'notes/a.md': text } });
  const textIs = async (text: string) => (await admin.get('context/files/notes/a.md')).text === text;

  it('is connected by the URL of a project, which is cut to the path the operator listed', async () => {
    const { url } = service.gitlab;
    expect(new URL(url).pathname).toBe('/tools/gitlab');
    const { value: token } = service.gitlab.givenToken('ada');
    const instanceUrl = `${url}/ada/context/-/tree/main`;
    const { body } = await admin.put('gitlab/connection', { token, instanceUrl }).expect(200);
    expect(body).toMatchObject({ instanceUrl: url, username: 'ada' });
  });

  it('is synced both ways, and linked to', async () => {
    const project = service.gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const { body } = await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    expect(body.webUrl).toBe(`${service.gitlab.url}/ada/context`);
    await admin.settled();
    expect(await textIs('a\n')).toBe(true);
    await admin.patch('gitlab/project', { autoSync: true }).expect(200);
    await admin.put('context/files/notes/b.md', 'b\n').expect(201);
    await admin.until(async () => service.gitlab.git.tree(project, 'main').has('notes/b.md'));
    await admin.settled();
  });

  it('delivers its webhook', async () => {
    await admin.post('gitlab/webhook/register').expect(200);
    await service.gitlab.deliveries.settled();
    await admin.settled();
    push('a, by Grace\n');
    await admin.until(() => textIs('a, by Grace\n'));
  });

  describe('that the operator did not list', () => {
    let server: FakeGitLabServer;
    const unlisted = new FakeGitLabInstance({ clock: new SystemClock() });
    beforeAll(async () => (server = await startFakeGitLabServer(unlisted, { basePath: '/gitlab' })));
    afterAll(() => server.close());

    it('is not found, and the error says why and what the operator can do', async () => {
      const other = await service.as({ org: 'globex' });
      const { value: token } = unlisted.givenToken('ada');
      const { body } = await other
        .put('gitlab/connection', { token, instanceUrl: `${server.url}/ada/context` })
        .expect(422);
      const { host } = new URL(server.url);
      expect(body.code).toBe('instance_not_gitlab');
      expect(body.detail).toContain('responded 404 for /api/v4/user.');
      expect(body.detail).toContain('The path /gitlab/ada/context was left out');
      expect(body.detail).toContain(`add ${host}/gitlab to GITLAB_BASE_PATHS`);
      await other.post('gitlab/connection/check').expect(409);
    });
  });
});
