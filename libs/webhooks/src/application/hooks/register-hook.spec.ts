import { FakeAct } from '@app/audit/testing';
import { ACME } from '../../../../../test/support/accounts';
import { givenWebhooks, PUBLIC_URL, type Webhooks } from '../../../../../test/support/webhooks';

let hooks: Webhooks;
beforeEach(async () => (hooks = await givenWebhooks()));

const onGitLab = (project = hooks.project) => [...project.hooks.values()];
const register = () => hooks.registerHook.execute(ACME);

describe('Registering the hook', () => {
  it('makes it with push events of the branch, TLS verification and both secrets, and tests it', async () => {
    expect(await register()).toEqual({ ok: true, detail: 'GitLab delivered a test event.' });
    const { endpointId, secret, signingToken, registered, health } = await hooks.shown();
    expect(onGitLab()).toMatchObject([
      {
        url: `${PUBLIC_URL}/webhooks/gitlab/${endpointId}`,
        events: { push_events: true },
        branchFilter: 'main',
        enableSslVerification: true,
        token: secret,
        signingToken,
      },
    ]);
    expect({ registered, health }).toEqual({ registered: 'automatic', health: 'healthy' });
  });

  it('has the pushes of teammates delivered, with a signature that holds', async () => {
    await register();
    await hooks.answered();
    hooks.gitlab.git.push('ada/context', 'main', { files: { 'notes/b.md': 'b' } });
    hooks.gitlab.git.push('ada/context', 'elsewhere', { files: { 'notes/c.md': 'c' } });
    expect(await hooks.answered()).toEqual([202]);
  });

  it('works without signatures if GitLab cannot sign', async () => {
    Object.assign(hooks.gitlab.features, { version: '17.0.0' });
    await register();
    await hooks.answered();
    hooks.gitlab.git.push('ada/context', 'main', { files: { 'notes/b.md': 'b' } });
    expect(await hooks.answered()).toEqual([202]);
  });

  it('twice leaves one hook', async () => {
    await register();
    await register();
    expect(onGitLab()).toHaveLength(1);
  });

  it('takes over the hook that was made by hand, and removes its duplicates', async () => {
    const { endpointId } = await hooks.shown();
    const url = `${PUBLIC_URL}/webhooks/gitlab/${endpointId}`;
    for (const token of ['old', 'older']) hooks.gitlab.hooks.create(hooks.project, { url, token });
    const strange = hooks.gitlab.hooks.create(hooks.project, { url: 'https://ci.example.com', token: 'ci' });
    await register();
    const { secret } = await hooks.shown();
    expect(onGitLab().map(({ token }) => token)).toEqual([secret, 'ci']);
    expect(strange.url).toBe('https://ci.example.com');
  });

  it('finds its hook again when someone bent its URL', async () => {
    await register();
    hooks.gitlab.hooks.update(hooks.project, onGitLab()[0]!.id, { url: 'https://elsewhere.example.com' });
    await register();
    const { endpointId, secret } = await hooks.shown();
    expect(onGitLab()).toMatchObject([{ url: expect.stringContaining(endpointId), token: secret }]);
  });

  it('moves it with the project', async () => {
    await register();
    const next = hooks.gitlab.givenProject('ada/next', { files: { 'notes/a.md': 'a' } });
    await hooks.projects.configure({ org: ACME, projectId: next.id }, new FakeAct());
    await hooks.bus.settled();
    expect([onGitLab().length, onGitLab(next).length]).toEqual([0, 1]);
  });

  it('lists the steps by hand if the token may not register, and shows no secret', async () => {
    hooks.gitlab.givenMember('ada/context', 'dev', 30);
    await hooks.connect(hooks.gitlab.givenToken('dev').value);
    const { endpointId, secret } = await hooks.shown();
    const error: Error = await register().then(
      () => new Error('not refused'),
      (refusal: Error) => refusal,
    );
    expect(error).toMatchObject({ code: 'webhook_not_permitted', kind: 'refused-upstream' });
    expect(error.message).toContain(`${PUBLIC_URL}/webhooks/gitlab/${endpointId}`);
    expect(error.message).toContain('ada/context → Settings → Webhooks → Add new webhook');
    expect(error.message).toContain('branch main');
    expect(error.message).not.toContain(secret);
    expect((await hooks.shown()).registered).toBe('none');
  });

  it('reports a test that failed, and stands nevertheless', async () => {
    const empty = hooks.gitlab.givenProject('ada/empty');
    await hooks.projects.configure({ org: ACME, projectId: empty.id }, new FakeAct());
    const test = await register();
    expect(test.ok).toBe(false);
    expect(test.detail).toContain('at least one commit');
    expect(onGitLab(empty)).toHaveLength(1);
    expect((await hooks.shown()).health).toBe('never_delivered');
  });

  it('is refused before a project is configured', async () => {
    await hooks.projects.remove(ACME, new FakeAct());
    await expect(register()).rejects.toMatchObject({ code: 'not_configured' });
    await hooks.credentials.disconnect(ACME, new FakeAct());
    await expect(register()).rejects.toMatchObject({ code: 'not_connected' });
  });
});

describe('Rotating the secret', () => {
  it('gives the new one to the hook it made', async () => {
    await register();
    const before = await hooks.shown();
    const { keys, handover } = await hooks.rotateSecret.execute(ACME, new FakeAct());
    expect(handover).toEqual({ done: true, detail: 'GitLab has the new secret.' });
    const after = await hooks.shown();
    expect(keys.secret.reveal()).toBe(after.secret);
    expect(after.secret).not.toBe(before.secret);
    expect(onGitLab()).toMatchObject([{ token: after.secret, signingToken: after.signingToken }]);
  });

  it('leaves a hook made by hand to a person', async () => {
    const {
      handover: { done, detail },
    } = await hooks.rotateSecret.execute(ACME, new FakeAct());
    expect(done).toBe(false);
    expect(detail).toContain('within ten minutes');
  });

  it('holds though GitLab is unavailable, and the next check sends the secret', async () => {
    await register();
    hooks.gitlab.calls.faults.add({ fault: { kind: 'reset' }, times: 9 });
    expect(await hooks.rotateSecret.execute(ACME, new FakeAct())).toMatchObject({
      handover: { done: false },
    });
    hooks.gitlab.calls.faults.clear();
    await hooks.checkHook.execute(ACME);
    expect(onGitLab()).toMatchObject([{ token: (await hooks.shown()).secret }]);
  });
});
