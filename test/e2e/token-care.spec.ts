import { TestService, type Client } from '../support/service';

const DAY = 24 * 60 * 60 * 1000;

describe('A token that expires', () => {
  let service: TestService;
  let admin: Client;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
  }, 60_000);
  afterAll(() => service.stop(), 60_000);

  it.each([
    [30, 'ok', null],
    [14, 'attention', 'in 14 days'],
    [7, 'attention', 'in 7 days'],
    [1, 'attention', 'within a day'],
  ])('%i days from now makes the health %s', async (days, health, notice) => {
    const expiresAt = new Date(Date.now() + days * DAY);
    const token = service.gitlab.givenToken('ada', { expiresAt }).value;
    await admin.put('gitlab/connection', { token, instanceUrl: service.gitlab.url }).expect(200);
    const { body } = await admin.get('gitlab').expect(200);
    expect(body.health).toBe(health);
    expect(body.connection.notice).toEqual(notice === null ? null : expect.stringContaining(notice));
  });
});
