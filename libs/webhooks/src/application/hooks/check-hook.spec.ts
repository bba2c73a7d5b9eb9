import { FakeAct } from '@app/audit/testing';
import { ACME } from '../../../../../test/support/accounts';
import { givenWebhooks, type Sending, type Webhooks } from '../../../../../test/support/webhooks';

let hooks: Webhooks;
beforeEach(async () => {
  hooks = await givenWebhooks();
  await hooks.registerHook.execute(ACME);
  await hooks.answered();
});

const onGitLab = (project = hooks.project) => [...project.hooks.values()];
const check = () => hooks.checkHook.execute(ACME);
/** Moves the clock on: recent deliveries would otherwise prove the hook. */
const later = () => hooks.clock.advance(1000);
const refused = (sending: Sending = { token: 'wrong' }) =>
  expect(hooks.send(sending)).rejects.toMatchObject({ kind: 'unauthenticated' });

describe('Checking the hook', () => {
  it('changes nothing if it is in order', async () => {
    const before = structuredClone(onGitLab());
    await check();
    expect(onGitLab()).toEqual(before);
    expect(await hooks.answered()).toEqual([]);
  });

  it('does nothing if the webhook was made by hand', async () => {
    const byHand = await givenWebhooks();
    await byHand.checkHook.execute(ACME);
    expect(byHand.project.hooks.size).toBe(0);
  });

  it.each<[string, () => void]>([
    ['was deleted', () => hooks.project.hooks.clear()],
    ['lost its push events', () => (onGitLab()[0]!.events.push_events = false)],
    ['has another branch', () => (onGitLab()[0]!.branchFilter = 'other')],
    ['has another URL', () => (onGitLab()[0]!.url = 'https://elsewhere.example.com')],
    ['was disabled', () => (onGitLab()[0]!.failures = 40)],
    ['verifies no certificates', () => (onGitLab()[0]!.enableSslVerification = false)],
    ['takes its branch for a pattern', () => (onGitLab()[0]!.branchFilterStrategy = 'regex')],
    ['listens to all branches', () => (onGitLab()[0]!.branchFilterStrategy = 'all_branches')],
    ['lost its secret', () => (onGitLab()[0]!.token = '')],
    ['lost its signing token', () => (onGitLab()[0]!.signingToken = null)],
  ])('repairs one that %s', async (_, mishap) => {
    const { url, events, branchFilter, branchFilterStrategy, enableSslVerification, token, signingToken } =
      structuredClone(onGitLab()[0]!);
    mishap();
    later();
    await check();
    hooks.gitlab.git.push('ada/context', 'main', { files: { 'notes/b.md': 'b' } });
    expect((await hooks.answered()).at(-1)).toBe(202);
    expect((await hooks.shown()).health).toBe('healthy');
    expect(onGitLab()).toMatchObject([
      { url, events, branchFilter, branchFilterStrategy, enableSslVerification, token, signingToken },
    ]);
    expect(onGitLab()).toHaveLength(1);
  });

  it.each<[string, (hook: ReturnType<typeof onGitLab>[number]) => void]>([
    ['secret', (hook) => (hook.token = 'by hand')],
    ['signing token', (hook) => (hook.signingToken = `whsec_${Buffer.alloc(32).toString('base64')}`)],
  ])('sets a %s right that was changed by hand, once a delivery was refused for it', async (_, change) => {
    change(onGitLab()[0]!);
    later();
    await check();
    expect(await hooks.answered()).toEqual([]);
    hooks.gitlab.git.push('ada/context', 'main', { files: { 'notes/b.md': 'b' } });
    expect(await hooks.answered()).toEqual([401]);
    later();
    await check();
    expect(await hooks.answered()).toEqual([202]);
    const { secret, signingToken, health } = await hooks.shown();
    expect(onGitLab()).toMatchObject([{ token: secret, signingToken }]);
    expect(health).toBe('healthy');
  });

  it('lets a stranger cause one repair, and none if GitLab proved itself since', async () => {
    later();
    await refused();
    later();
    await check();
    await check();
    expect(await hooks.answered()).toEqual([202]);
    await refused();
    later();
    await hooks.send();
    await check();
    expect(await hooks.answered()).toEqual([]);
  });

  it('repairs nothing because a clock is wrong', async () => {
    later();
    await refused({ token: null, headers: { id: '1', timestamp: '1', signature: 'v1,' } });
    expect(await hooks.log()).toContain('refused: signature_expired');
    await check();
    expect(await hooks.answered()).toEqual([]);
  });

  it('treats settings that an old GitLab does not report as unchanged', async () => {
    hooks = await givenWebhooks();
    const { features } = hooks.gitlab;
    const { version } = features;
    Object.assign(features, { version: '17.0.0' });
    await hooks.registerHook.execute(ACME);
    await hooks.answered();
    await check();
    expect(await hooks.answered()).toEqual([]);
    Object.assign(features, { version }); // never confirmed that it signs
    await check();
    expect(await hooks.answered()).toEqual([]);
  });

  it('sends the secret of a new connection immediately', async () => {
    const { secret: former } = await hooks.shown();
    await hooks.connect(hooks.token);
    await hooks.bus.settled();
    const { secret } = await hooks.shown();
    expect(secret).not.toBe(former);
    expect(onGitLab()).toMatchObject([{ token: secret }]);
  });

  it('follows the branch', async () => {
    hooks.gitlab.git.push('ada/context', 'docs', { files: { 'notes/b.md': 'b' } });
    await hooks.projects.update({ org: ACME, branch: 'docs' }, new FakeAct());
    await hooks.bus.settled();
    expect(onGitLab()).toMatchObject([{ branchFilter: 'docs' }]);
  });

  it('takes the hook off a project that is not synced any more', async () => {
    await hooks.projects.remove(ACME, new FakeAct());
    await hooks.bus.settled();
    expect(onGitLab()).toEqual([]);
  });

  it('forgets the hook of another instance, and touches no hook with the same ids there', async () => {
    const twin = hooks.selfHosted.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
    const strange = hooks.selfHosted.hooks.create(twin, { url: 'https://ci.example.com' });
    expect([twin.id, strange.id]).toEqual([hooks.project.id, onGitLab()[0]!.id]);
    later();
    await hooks.connect(hooks.selfHosted.givenToken('ada').value, hooks.selfHosted.url);
    await hooks.bus.settled();
    await hooks.projects.configure({ org: ACME, projectId: twin.id }, new FakeAct());
    await hooks.bus.settled();
    expect(onGitLab(twin)).toEqual([strange]);
    expect((await hooks.shown()).registered).toBe('none');
  });

  it('shows a person what the token may not repair', async () => {
    const { id } = hooks.gitlab.givenUser('ada');
    hooks.gitlab.givenMember('ada/context', 'ada', 30);
    hooks.project.namespace.members.delete(id);
    later();
    await check();
    const { health, advice } = await hooks.shown();
    expect(health).toBe('not_permitted');
    expect(advice).toContain('Maintainer');
  });

  it('shows a hook that is gone and that GitLab does not let it make again', async () => {
    hooks.project.hooks.clear();
    hooks.gitlab.calls.faults.add({ fault: { kind: 'maintenance' }, times: 9 });
    later();
    await check();
    expect((await hooks.shown()).health).toBe('missing');
  });

  it('keeps its findings while GitLab is unavailable', async () => {
    hooks.gitlab.calls.faults.add({ fault: { kind: 'reset' }, times: 9 });
    later();
    await check();
    expect(await hooks.shown()).toMatchObject({ registered: 'automatic', health: 'healthy' });
  });

  it('comes round once an hour', async () => {
    hooks.project.hooks.clear();
    expect(await hooks.verifyDueHooks.execute()).toBe(0);
    hooks.clock.advance(3_600_001);
    expect(await hooks.verifyDueHooks.execute()).toBe(1);
    expect(await hooks.verifyDueHooks.execute()).toBe(0);
    expect(onGitLab()).toHaveLength(1);
  });
});

describe('The keys at rest', () => {
  it('stay the same under a new key of the vault, so that the former can go', async () => {
    await hooks.rotateSecret.execute(ACME, new FakeAct());
    const before = await hooks.shown();
    hooks.keys.rotate();
    expect(await hooks.service.rewrapKeys()).toEqual({ count: 1, failed: [] });
    hooks.keys.forget('key-1');
    const { secret, signingToken } = await hooks.shown();
    expect({ secret, signingToken }).toEqual({ secret: before.secret, signingToken: before.signingToken });
  });

  it('are created again by a reconnect when the vault cannot open them', async () => {
    hooks.keys.rotate();
    hooks.keys.forget('key-1');
    await hooks.connect(hooks.token);
    await hooks.shown();
    expect(await hooks.send()).toEqual({ status: 'accepted' });
  });

  it('are never stored in plain text', async () => {
    const { secret, signingToken } = await hooks.shown();
    const stored = JSON.stringify((await hooks.endpoints.ofOrg(ACME))?.state);
    expect(stored).not.toContain(secret);
    expect(stored).not.toContain(signingToken);
  });
});
