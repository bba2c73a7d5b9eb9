import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { FakeGitLabInstance, NO_COMMIT, startFakeGitLabServer } from '@app/fake-gitlab';
import type { FakeGitLabOptions, FakeGitLabServer } from '@app/fake-gitlab';
import { ManualClock } from '@app/kernel';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, unknown> & { readonly commits: Record<string, unknown>[] };
}

const SIGNING_TOKEN = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

/** GitLab's deliveries to webhooks, and their end (docs/gitlab-api.md#webhooks). */
describe('GitLab webhooks', () => {
  const received: Received[] = [];
  let status = 200;
  let receiver: Server;
  let clock: ManualClock;
  let instance: FakeGitLabInstance;
  let server: FakeGitLabServer;
  let token: string;
  let id: number;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      void buffer(request).then((bytes) => {
        const text = bytes.toString();
        received.push({ headers: request.headers, text, body: JSON.parse(text) });
        response.writeHead(status).end('thanks');
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  beforeEach(() => start());
  afterEach(() => server.close());

  async function start(options: FakeGitLabOptions = {}): Promise<void> {
    received.length = 0;
    status = 200;
    clock = new ManualClock(new Date('2026-01-01T00:00:00Z'));
    instance = new FakeGitLabInstance({ clock, ...options });
    server = await startFakeGitLabServer(instance);
    token = instance.givenToken('ada').value;
    id = instance.givenProject('ada/docs', { files: { 'README.md': '# Docs\n' } }).id;
  }

  async function call(method: string, path: string, body?: object) {
    const answer = await fetch(`${server.url}/api/v4/projects/${id}${path}`, {
      method,
      headers: { 'private-token': token, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : undefined };
  }

  function url(): string {
    return `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  }

  async function hook(more: object = {}): Promise<number> {
    return (
      await call('POST', '/hooks', { url: url(), token: 'plain', signing_token: SIGNING_TOKEN, ...more })
    ).body.id;
  }

  async function push(files: Record<string, string | null>, branch = 'main'): Promise<string> {
    const head = instance.git.push(id, branch, { files });
    await instance.deliveries.settled();
    return head;
  }

  describe('are sent', () => {
    it('with the headers GitLab sends, signed', async () => {
      await hook({ custom_headers: [{ key: 'X-Team', value: 'docs' }] });
      await push({ 'a.md': 'a\n' });
      const [{ headers, text }] = received;
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'user-agent': 'GitLab/19.2.0',
        'x-gitlab-event': 'Push Hook',
        'x-gitlab-instance': server.url,
        'x-gitlab-token': 'plain',
        'x-team': 'docs',
        'webhook-timestamp': String(clock.now().getTime() / 1000),
      });
      expect(headers['webhook-id']).toBe(headers['idempotency-key']);
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
      const signature = createHmac('sha256', Buffer.alloc(32, 7)).update(signed).digest('base64');
      expect(headers['webhook-signature']).toBe(`v1,${signature}`);
    });

    it('without signature and ids by older versions', async () => {
      await server.close();
      await start({ version: '17.0.0' });
      const made = await call('POST', '/hooks', { url: url(), token: 'plain', signing_token: SIGNING_TOKEN });
      expect(made.body).not.toHaveProperty('signing_token_present');
      await push({ 'a.md': 'a\n' });
      expect(received[0].headers['x-gitlab-token']).toBe('plain');
      for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature', 'idempotency-key'])
        expect(received[0].headers).not.toHaveProperty(name);
    });

    it('for a push, with its changes', async () => {
      await hook();
      const before = instance.git.head(id, 'main');
      const [one, two] = [
        { files: { 'a.md': 'a\n', 'b.md': 'b\n'.repeat(9) } },
        { rename: { 'b.md': 'c.md' } },
      ];
      const after = instance.git.push(id, 'main', [one, { ...two, files: { 'README.md': null } }]);
      await instance.deliveries.settled();
      const [{ body }] = received;
      expect(body).toMatchObject({
        object_kind: 'push',
        event_name: 'push',
        before,
        after,
        ref: 'refs/heads/main',
        ref_protected: true,
        checkout_sha: after,
        project_id: id,
        total_commits_count: 2,
        project: { path_with_namespace: 'ada/docs', default_branch: 'main' },
      });
      expect(body.commits).toMatchObject([
        { added: ['a.md', 'b.md'], modified: [], removed: [] },
        { id: after, added: ['c.md'], modified: [], removed: ['README.md'] },
      ]);
    });

    it('for commits made through the API too', async () => {
      await hook();
      const { body: made } = await call('POST', '/repository/commits', {
        branch: 'main',
        commit_message: 'm',
        actions: [{ action: 'create', file_path: 'a.md', content: 'a\n' }],
      });
      await instance.deliveries.settled();
      expect(received[0].body).toMatchObject({ after: made.id, user_username: 'ada' });
    });

    it('with the newest twenty commits of many, oldest first', async () => {
      await hook();
      const many = Array.from({ length: 25 }, (_, n) => ({ message: `c${n}`, files: { 'a.md': `${n}\n` } }));
      instance.git.push(id, 'main', many);
      await instance.deliveries.settled();
      const titles = received[0].body.commits.map(({ title }) => title);
      expect(titles).toEqual(Array.from({ length: 20 }, (_, n) => `c${n + 5}`));
      expect(received[0].body.total_commits_count).toBe(25);
    });

    it('with zeros if a branch is created or deleted', async () => {
      await hook();
      instance.git.createBranch(id, 'side');
      await instance.deliveries.settled();
      instance.git.deleteBranch(id, 'side');
      await instance.deliveries.settled();
      const head = instance.git.head(id, 'main');
      expect(received.map(({ body }) => body)).toMatchObject([
        { before: NO_COMMIT, after: head, commits: [], total_commits_count: 0 },
        { before: head, after: NO_COMMIT, checkout_sha: null, commits: [] },
      ]);
    });

    it('for a force push like for any other', async () => {
      await hook();
      const before = await push({ 'a.md': 'a\n' });
      const after = instance.git.forcePush(id, 'main', { files: { 'b.md': 'b\n' } });
      await instance.deliveries.settled();
      expect(received[1].body).toMatchObject({ before, after, total_commits_count: 1 });
    });

    it.each([
      ['main', 'wildcard', true],
      ['docs/*', 'wildcard', false],
      ['m*', 'wildcard', true],
      ['^ma', 'regex', true],
      ['main', 'all_branches', true],
    ])('if the branch filter %s (%s) lets them through', async (filter, strategy, sent) => {
      await hook({ push_events_branch_filter: filter, branch_filter_strategy: strategy });
      await push({ 'a.md': 'a\n' });
      expect(received).toHaveLength(sent ? 1 : 0);
    });

    it('for no push at all if it moves more than three branches', async () => {
      await hook();
      const commits = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, { files: { x: name } }]));
      instance.git.pushBranches(id, commits);
      await instance.deliveries.settled();
      expect(received).toEqual([]);
      instance.git.pushBranches(id, { a: commits.a, b: commits.b, c: commits.c });
      await instance.deliveries.settled();
      expect(received).toHaveLength(3);
    });
  });

  describe('that fail', () => {
    it('are not repeated, and disable their hook for longer and longer', async () => {
      const hookId = await hook();
      status = 500;
      for (let n = 0; n < 4; n++) await push({ 'a.md': `${n}\n` });
      expect(received).toHaveLength(4);
      const state = async () => (await call('GET', `/hooks/${hookId}`)).body;
      const disabledUntil = new Date(clock.now().getTime() + 60_000).toISOString();
      expect(await state()).toMatchObject({
        alert_status: 'temporarily_disabled',
        disabled_until: disabledUntil,
      });
      await push({ 'a.md': 'unseen\n' });
      expect(received).toHaveLength(4);
      clock.advance(60_000);
      await push({ 'a.md': 'again\n' });
      expect(received).toHaveLength(5);
      clock.advance(60_000);
      expect(await state()).toMatchObject({ alert_status: 'temporarily_disabled' });
    });

    it('forty times disable their hook for good, until a test succeeds', async () => {
      const hookId = await hook();
      status = 404;
      for (let n = 0; n < 40; n++) {
        await push({ 'a.md': `${n}\n` });
        clock.advance(24 * 3_600_000);
      }
      expect((await call('GET', `/hooks/${hookId}`)).body).toMatchObject({ alert_status: 'disabled' });
      status = 200;
      expect(await call('POST', `/hooks/${hookId}/test/push_events`)).toEqual({
        status: 201,
        body: { message: '201 Created' },
      });
      expect((await call('GET', `/hooks/${hookId}`)).body).toMatchObject({ alert_status: 'executable' });
    });

    it('fail a test, in the words of the receiver', async () => {
      const hookId = await hook();
      status = 500;
      expect(await call('POST', `/hooks/${hookId}/test/push_events`)).toEqual({
        status: 422,
        body: { message: 'thanks' },
      });
    });
  });

  it('are tested with the newest commits of the default branch', async () => {
    const hookId = await hook();
    const heads = [
      await push({ 'a.md': '1\n' }),
      await push({ 'a.md': '2\n' }),
      await push({ 'a.md': '3\n' }),
    ];
    received.length = 0;
    await call('POST', `/hooks/${hookId}/test/push_events`);
    const [{ body }] = received;
    expect(body.commits.map((commit) => commit.id)).toEqual([...heads].reverse());
    expect(body).toMatchObject({ before: heads[0], after: heads[2] });
  });

  it('are remembered, without their secret, and sent again on demand with the same id', async () => {
    const hookId = await hook();
    await push({ 'a.md': 'a\n' });
    const [event] = (await call('GET', `/hooks/${hookId}/events`)).body;
    expect(event).toMatchObject({ trigger: 'push_hooks', response_status: '200', response_body: 'thanks' });
    expect(JSON.stringify(event)).not.toContain('plain');
    expect((await call('POST', `/hooks/${hookId}/events/${event.id}/resend`)).body).toEqual({
      response_status: '200',
    });
    expect(received[1].headers['webhook-id']).toBe(received[0].headers['webhook-id']);
    expect(received[1].text).toBe(received[0].text);
  });

  it('wait in a queue until they are sent', async () => {
    const quiet = new FakeGitLabInstance({ clock });
    const project = quiet.givenProject('ada/docs', { files: { 'README.md': 'x\n' } });
    quiet.hooks.create(project, { url: url(), token: 'plain' });
    const after = quiet.git.push(project, 'main', { files: { 'a.md': 'a\n' } });
    expect(quiet.deliveries.queued.map(({ body }) => JSON.parse(body).after)).toEqual([after]);
  });

  describe('settings', () => {
    it('never return their secrets', async () => {
      const made = await call('POST', '/hooks', { url: url(), token: 'plain', signing_token: SIGNING_TOKEN });
      expect(made).toMatchObject({ status: 201, body: { token_present: true, signing_token_present: true } });
      expect(JSON.stringify(made.body)).not.toMatch(/plain|whsec_/);
    });

    it('lose their secrets with their URL', async () => {
      const hookId = await hook();
      const changed = await call('PUT', `/hooks/${hookId}`, { url: `${url()}/new` });
      expect(changed.body).toMatchObject({ token_present: false, signing_token_present: false });
    });

    it.each([
      [{}, 400, { error: 'url is missing' }],
      [{ url: 'ftp://example.com' }, 422, { error: 'Invalid url given' }],
      [{ url: 'http://x', push_events_branch_filter: 'a b' }, 422, { error: 'Invalid branch filter given' }],
      [
        { url: 'http://x', signing_token: 'whsec_c2hvcnQ=' },
        422,
        { message: { signing_token: ['is invalid'] } },
      ],
    ])('are refused in GitLab’s words: %j', async (body, expected, said) => {
      expect(await call('POST', '/hooks', body)).toEqual({ status: expected, body: said });
    });

    it('are limited to a hundred hooks', async () => {
      for (let n = 0; n < 100; n++) instance.hooks.create(instance.project(id), { url: url() });
      expect((await call('POST', '/hooks', { url: url() })).status).toBe(422);
    });

    it('are for maintainers', async () => {
      instance.givenMember(id, 'bob', 30);
      token = instance.givenToken('bob').value;
      expect(await call('GET', '/hooks')).toEqual({ status: 403, body: { message: '403 Forbidden' } });
    });
  });
});
