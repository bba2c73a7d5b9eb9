import type { Page } from 'playwright-core';
import { describeWithBrowser, eventually } from '../../support/browser';
import type { FakeDot } from './fake-dot';
import { content, focused } from './in-page';
import { pressKey, tabTo } from './keyboard';
import type { Role } from './panel-page';
import { StagedPage } from './staged-page';

const CHAT = 'https://hooks.slack.com/services/T0/B0/secret-part';

describeWithBrowser('The notifications on the settings page', () => {
  const staged = new StagedPage();
  const { shows } = staged;
  let dot: FakeDot;
  let page: Page;

  beforeAll(() => staged.launch());
  afterAll(() => staged.close());
  beforeEach(async () => {
    dot = await staged.begin();
  });
  afterEach(() => staged.end());

  const open = async (role?: Role) => {
    page = await staged.open({ role });
    await staged.pill();
  };
  const asked = (method: string) =>
    dot.asked.filter((one) => one.method === method && one.path.startsWith('/gitlab/notifications'));

  it('are set and tested by keyboard only, and read only when they are opened', async () => {
    dot.tested = [{ channel: 'slack', ok: true, detail: null }];
    await open();
    expect(asked('GET')).toEqual([]);
    await pressKey(page, 'Change notifications');
    await page.getByLabel('Chat webhook URL').waitFor();
    await eventually.poll(() => focused(page)).toContain('Chat webhook URL');
    await page.keyboard.type(CHAT);
    await tabTo(page, 'E-mail addresses');
    await page.keyboard.type('ada@example.com');
    await pressKey(page, 'Save');
    await shows('Messages go to hooks.slack.com. Paste another URL to change that.');
    expect(asked('PUT').map(({ body }) => body)).toEqual([
      { slack: { url: CHAT }, email: ['ada@example.com'] },
    ]);
    expect(await content(page)).not.toContain('secret-part');
    await pressKey(page, 'Send a test');
    await shows('Chat: Delivered');
    await pressKey(page, 'Stop messages to hooks.slack.com');
    await shows('An incoming webhook of Slack, Mattermost or a similar chat.');
    expect(asked('PUT').at(-1)!.body).toEqual({ slack: null });
  });

  it('show a problem at its field, and make a secret', async () => {
    await open();
    await page.getByRole('button', { name: 'Change notifications' }).click();
    await page.getByLabel('Webhook URL', { exact: true }).fill('https://example.com/hook');
    const detail = 'must be whsec_ and 24 to 64 bytes in base64';
    dot.refusals.set('PUT /gitlab/notifications', {
      ...{ status: 400, code: 'validation_failed', detail: 'Correct webhook.secret.' },
      errors: [{ field: 'webhook.secret', detail }],
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await shows(detail);
    await page.locator('[aria-invalid=true]').waitFor();
    await eventually.poll(() => focused(page)).toContain('Signing secret');
    dot.refusals.clear();
    await page.getByRole('button', { name: 'Make a secret' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await shows('Saved.');
    expect(asked('PUT').at(-1)!.body).toEqual({
      webhook: {
        url: 'https://example.com/hook',
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      },
    });
    await eventually(page.getByLabel('Signing secret')).toHaveValue('');
  });

  it('say which test is missing its channel, and that too many were sent', async () => {
    await open();
    await page.getByRole('button', { name: 'Change notifications' }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await shows('Save a channel first.');
    const refusal = {
      status: 429,
      code: 'too_many_requests',
      detail: 'Ten tests were sent in the last hour.',
    };
    dot.refusals.set('POST /gitlab/notifications/test', refusal);
    await page.getByRole('button', { name: 'Send a test' }).click();
    await shows(/Ten tests were sent/);
  });

  it('are not there for a member', async () => {
    await open('member');
    expect(await page.getByText('Notifications').count()).toBe(0);
    expect(asked('GET')).toEqual([]);
  });
});
