import { apiClient } from '../support/api';
import { TestService, type Client } from '../support/service';

/** An admin whose token is about to expire, and whose webhook was made by hand. */
describe('A replaced token', () => {
  let service: TestService;
  let admin: Client;
  let api: ReturnType<typeof apiClient>;
  const path = () => ({ path: { org: service.org } });

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    api = apiClient(service.url, await service.token());
    const { gitlab } = service;
    const project = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const connection = { token: gitlab.givenToken('ada').value, instanceUrl: gitlab.url };
    await admin.put('gitlab/connection', connection).expect(200);
    await admin.put('gitlab/project', { projectId: project.id }).expect(200);
    await admin.settled();
  });
  afterAll(() => service?.stop());

  const replaceBy = (token: string) =>
    api.PATCH('/api/v1/orgs/{org}/gitlab/connection', { params: path(), body: { token } });
  const webhook = async () => {
    const { data } = await api.GET('/api/v1/orgs/{org}/gitlab/webhook/secret', { params: path() });
    const { body } = await admin.get('gitlab').expect(200);
    return { ...data, url: body.webhook.url };
  };

  it('keeps the URL and the secret of the webhook; a reconnect makes new ones', async () => {
    const before = await webhook();
    expect(before.secret).toEqual(expect.any(String));
    const { value } = service.gitlab.givenToken('ada');
    const { data, response } = await replaceBy(value);
    expect(data).toMatchObject({ username: 'ada' });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await webhook()).toEqual(before);
    const again = { token: value, instanceUrl: service.gitlab.url };
    await admin.put('gitlab/connection', again).expect(200);
    expect((await webhook()).secret).not.toBe(before.secret);
  });

  it('has to belong to the same user', async () => {
    const { error, response } = await replaceBy(service.gitlab.givenToken('eve').value);
    expect([response.status, error?.code]).toEqual([409, 'token_of_another_user']);
    expect(error?.detail).toContain('ada');
  });

  it('is in the audit log, refused or not', async () => {
    const { body } = await admin.get('audit').expect(200);
    const changes = (body.items as { action: string; result: string }[]).filter(
      ({ action }) => action === 'connection.change',
    );
    expect(changes.map(({ result }) => result)).toEqual(['token_of_another_user', 'ok']);
  });

  it('is not asked for by an empty change', async () => {
    const answer = await admin.patch('gitlab/connection', {}).expect(400);
    expect(answer.body.errors).toEqual([{ field: 'token', detail: expect.any(String) }]);
  });
});
