import { FakeAct } from '@app/audit/testing';
import { ACME } from '../../../../../test/support/accounts';
import { givenWebhooks, type Webhooks } from '../../../../../test/support/webhooks';

const DAY_MS = 24 * 3_600_000;

describe('The webhook in a check of the connection', () => {
  let hooks: Webhooks;
  beforeEach(async () => (hooks = await givenWebhooks()));

  const onGitLab = () => [...hooks.project.hooks.values()][0]!;
  const checked = async () => {
    const { checks } = await hooks.credentials.check(ACME, new FakeAct());
    const found = checks.filter(({ name }) => name === 'webhook');
    expect(found).toHaveLength(1);
    return found[0]!;
  };
  const register = async () => {
    await hooks.registerHook.execute(ACME);
    await hooks.answered();
  };
  const byHand = async (more: object = {}) => {
    const { url, secret } = await hooks.shown();
    return hooks.gitlab.hooks.create(hooks.project, { url, token: secret, push_events: true, ...more });
  };

  it('is not there without a project', async () => {
    await hooks.projects.remove(ACME, new FakeAct());
    const { checks } = await hooks.credentials.check(ACME, new FakeAct());
    expect(checks.map(({ name }) => name)).not.toContain('webhook');
  });

  it('may be registered if it is not', async () => {
    expect(await checked()).toMatchObject({ ok: true, detail: expect.stringContaining('may register it') });
  });

  it('is healthy with its last delivery', async () => {
    await register();
    expect(await checked()).toEqual({
      name: 'webhook',
      ok: true,
      detail: `The webhook is registered and enabled. The last delivery came at ${hooks.clock.now().toISOString()}.`,
    });
  });

  it('may be silent', async () => {
    await register();
    hooks.clock.advance(DAY_MS + 1);
    expect(await checked()).toMatchObject({
      ok: true,
      detail: expect.stringContaining('more than a day ago'),
    });
  });

  it.each<[string, () => void, string]>([
    ['is disabled', () => (onGitLab().failures = 40), 'GitLab disabled the webhook'],
    ['has another URL', () => (onGitLab().url = 'https://elsewhere.example.com'), 'another URL'],
    ['lost its secret', () => (onGitLab().token = ''), 'another secret'],
    ['sends no pushes', () => (onGitLab().events.push_events = false), 'changed on GitLab'],
    ['is for another branch', () => (onGitLab().branchFilter = 'other'), 'changed on GitLab'],
    ['is gone', () => hooks.project.hooks.clear(), 'gone from GitLab'],
  ])('is not ok if it %s, and stays as it is', async (_, mishap, detail) => {
    await register();
    mishap();
    const before = structuredClone([...hooks.project.hooks.values()]);
    expect(await checked()).toMatchObject({ ok: false, detail: expect.stringContaining(detail) });
    expect([...hooks.project.hooks.values()]).toEqual(before);
  });

  it('is not ok if deliveries are refused because its secret was changed there', async () => {
    await register();
    onGitLab().token = 'by hand';
    hooks.clock.advance(1000);
    hooks.gitlab.git.push('ada/context', 'main', { files: { 'notes/b.md': 'b' } });
    expect(await hooks.answered()).toEqual([401]);
    expect(await checked()).toMatchObject({ ok: false, detail: expect.stringContaining('another secret') });
  });

  it.each<[string, object, boolean, string]>([
    ['that delivered', {}, true, 'registered and enabled'],
    ['that sends no pushes', { push_events: false, tag_push_events: true }, false, 'changed on GitLab'],
  ])('is found by its URL if it was made by hand: one %s', async (_, more, ok, detail) => {
    await byHand(more);
    await hooks.send();
    expect(await checked()).toMatchObject({ ok, detail: expect.stringContaining(detail) });
  });

  it('is not ok if it was made by hand and nothing came yet', async () => {
    await byHand();
    expect(await checked()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('Nothing was delivered yet'),
    });
  });

  it('says that a developer may not look', async () => {
    hooks.gitlab.givenMember(hooks.project, 'dan', 30);
    await hooks.connect(hooks.gitlab.givenToken('dan').value);
    expect(await checked()).toMatchObject({
      ok: false,
      detail: expect.stringContaining('may not see webhooks'),
    });
    await byHand();
    await hooks.send();
    expect(await checked()).toMatchObject({ ok: true, detail: expect.stringContaining('deliveries arrive') });
  });
});
