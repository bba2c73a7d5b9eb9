import { describeWithRedis } from '../support/redis';
import { TestService, type Client, type Mode } from '../support/service';

/** The whole story over HTTP; the same for every way to run the service. */
export function describeStory(mode: Mode): void {
  const describeIt = mode === 'distributed' ? describeWithRedis : describe;
  describeIt(`GitLab Sync, ${mode}`, () => {
    let service: TestService;
    let admin: Client;

    beforeAll(async () => {
      service = await TestService.start(mode);
      admin = await service.as();
    });
    afterAll(() => service.stop());

    const project = () => service.gitlab.project('ada/context');
    const onGitLab = (path: string) => service.gitlab.git.read(project(), 'main', path)?.toString();
    const push = (files: Record<string, string | null>, message = 'A teammate edits') =>
      service.gitlab.git.push(project(), 'main', {
        files,
        message,
        author: { name: 'Grace', email: 'grace@example.com' },
      });

    it('is disconnected at first, and says which step is missing', async () => {
      expect((await admin.get('gitlab').expect(200)).body).toMatchObject({
        state: 'disconnected',
        connection: null,
        project: null,
        webhook: null,
      });
      expect((await admin.post('gitlab/push').expect(409)).body).toMatchObject({ code: 'not_connected' });
      expect((await admin.get('gitlab/projects').expect(409)).body.code).toBe('not_connected');
    });

    it('keeps context before anything is connected', async () => {
      const written = await admin.put('context/files/notes/a.md', '# A\n').expect(201);
      expect(written.body).toMatchObject({ revision: 1, path: 'notes/a.md' });
      const read = await admin.get('context/files/notes/a.md').expect(200);
      expect(read.text).toBe('# A\n');
      expect(read.headers).toMatchObject({ etag: `"${written.body.blob}"`, 'x-context-revision': '1' });
    });

    it('refuses a bad token and changes nothing', async () => {
      const refused = await admin
        .put('gitlab/connection', { token: 'glpat-wrong', instanceUrl: service.gitlab.url })
        .expect(422);
      expect(refused.headers['content-type']).toMatch('application/problem+json');
      expect(refused.body).toMatchObject({
        code: 'token_rejected',
        detail: expect.stringContaining('api scope'),
      });
      expect((await admin.get('gitlab')).body.state).toBe('disconnected');
    });

    it('connects with a token, cutting a project URL to the host', async () => {
      const { value } = service.gitlab.givenToken('ada');
      const { body } = await admin
        .put('gitlab/connection', { token: value, instanceUrl: `${service.gitlab.url}/ada/x` })
        .expect(200);
      expect(body).toMatchObject({
        instanceUrl: service.gitlab.url,
        username: 'ada',
        tokenKind: 'personal',
        canCreateProjects: true,
      });
      expect(JSON.stringify(body)).not.toContain(value);
      expect((await admin.post('gitlab/pull').expect(409)).body.code).toBe('not_configured');
    });

    it('picks a project and brings both sides together', async () => {
      service.gitlab.givenProject('ada/context', {
        files: { 'notes/b.md': 'b\n', 'README.md': 'not context' },
      });
      const { body } = await admin.get('gitlab/projects?search=context').expect(200);
      expect(body.items).toMatchObject([{ pathWithNamespace: 'ada/context', defaultBranch: 'main' }]);
      const branches = await admin.get(`gitlab/projects/${body.items[0].id}/branches`).expect(200);
      expect(branches.body.items).toMatchObject([{ name: 'main', default: true }]);
      const view = await admin.put('gitlab/project', { projectId: body.items[0].id }).expect(200);
      expect(view.body).toMatchObject({ branch: 'main', autoSync: false, autoPull: true, created: false });
      const status = await admin.settled();
      expect(status).toMatchObject({
        state: 'configured',
        health: 'ok',
        sync: { pendingPush: 0, lastRun: { kind: 'initial', status: 'succeeded' } },
      });
      expect(onGitLab('notes/a.md')).toBe('# A\n');
      expect((await admin.get('context/files/notes/b.md').expect(200)).text).toBe('b\n');
      await admin.get('context/files/README.md').expect(404);
    });

    it('turns an edit into a commit by its author, once auto-sync is on', async () => {
      await admin.patch('gitlab/project', { autoSync: true }).expect(200);
      const member = await service.as({ role: 'member', name: 'Linus' });
      await member.put('context/files/notes/a.md?message=Explain%20A', '# A, explained\n').expect(200);
      await admin.until(async () => onGitLab('notes/a.md') === '# A, explained\n');
      const [head] = service.gitlab.git.log(project(), 'main');
      expect(head).toMatchObject({
        author: { name: 'Linus', email: 'linus@example.com' },
        message: expect.stringMatching(/^Explain A\n\nDot-Change-Id: /),
      });
      await admin.settled();
      const { body } = await admin.get('context/history?path=notes/a.md').expect(200);
      expect(body.items[0]).toMatchObject({ commit: head.id, author: { name: 'Linus' } });
    });

    it('makes an atomic change of several files one commit', async () => {
      const before = service.gitlab.git.log(project(), 'main').length;
      const changes = [
        { op: 'put', path: 'notes/c.md', content: 'c\n' },
        { op: 'move', path: 'skills/a.md', from: 'notes/a.md' },
        { op: 'delete', path: 'notes/b.md' },
      ];
      await admin.post('context/changes', { message: 'Tidy up', changes }).expect(201);
      await admin.until(async () => onGitLab('notes/c.md') === 'c\n');
      await admin.settled();
      expect(service.gitlab.git.log(project(), 'main')).toHaveLength(before + 1);
      expect([...service.gitlab.git.tree(project(), 'main').keys()]).toEqual([
        'README.md',
        'notes/c.md',
        'skills/a.md',
      ]);
    });

    it('brings a teammate’s commit in by webhook, and ignores the echo of its own', async () => {
      await admin.post('gitlab/webhook/register').expect(200);
      await service.gitlab.deliveries.settled();
      await admin.settled();
      push({ 'notes/c.md': 'c, by Grace\n' });
      await admin.until(async () => (await admin.get('context/files/notes/c.md')).text === 'c, by Grace\n');
      await admin.settled();
      const { body } = await admin.get('gitlab/runs').expect(200);
      expect(body.items[0]).toMatchObject({
        kind: 'pull',
        trigger: 'webhook',
        status: 'succeeded',
        counts: { updated: 1 },
      });
      await admin.put('context/files/notes/c.md', 'c, by Ada\n').expect(200);
      await admin.until(async () => onGitLab('notes/c.md') === 'c, by Ada\n');
      await admin.settled();
      await service.gitlab.deliveries.settled();
      const log = await admin.get('gitlab/webhook/deliveries').expect(200);
      expect(log.body.items.map(({ outcome }: { outcome: string }) => outcome)).toContain('accepted');
    });

    it('shows the webhook secret only to admins', async () => {
      const { body } = await admin.get('gitlab/webhook/secret').expect(200);
      expect(body).toEqual({ secret: expect.any(String), signingToken: expect.any(String) });
      for (const role of ['member', 'operator'] as const)
        await (await service.as({ role })).get('gitlab/webhook/secret').expect(403);
      expect(JSON.stringify((await admin.get('gitlab')).body)).not.toContain(body.secret);
    });

    it('refuses a forged webhook, and one for another org’s endpoint', async () => {
      const { url } = (await admin.get('gitlab')).body.webhook;
      const headers = {
        'content-type': 'application/json',
        'x-gitlab-event': 'Push Hook',
        'x-gitlab-token': 'guessed',
      };
      expect((await fetch(url, { method: 'POST', headers, body: '{}' })).status).toBe(401);
      expect((await fetch(`${url}x`, { method: 'POST', headers, body: '{}' })).status).toBe(404);
    });

    it('settles a conflict by time and restores the loser with one call', async () => {
      await admin.patch('gitlab/project', { autoSync: false }).expect(200);
      await admin.put('context/files/notes/c.md', 'Ada again\n').expect(200);
      service.gitlab.git.push(project(), 'main', {
        files: { 'notes/c.md': 'Grace again\n' },
        at: new Date(Date.now() + 5000),
      });
      const conflict = await admin.until(async () => (await admin.get('gitlab/conflicts')).body.items[0]);
      expect(conflict).toMatchObject({
        path: 'notes/c.md',
        winner: 'gitlab',
        kept: { author: { name: 'Ada' } },
      });
      await admin.settled();
      expect((await admin.get('context/files/notes/c.md')).text).toBe('Grace again\n');
      await admin.patch('gitlab/project', { autoSync: true }).expect(200);
      await admin.post(`gitlab/conflicts/${conflict.id}/restore`).expect(200);
      await admin.until(async () => onGitLab('notes/c.md') === 'Ada again\n');
      expect((await admin.settled()).sync.conflicts).toBe(0);
    });

    it('plans without changing anything', async () => {
      await admin.patch('gitlab/project', { autoSync: false, autoPull: false }).expect(200);
      await admin.put('context/files/notes/new.md', 'new\n').expect(201);
      push({ 'notes/d.md': 'd\n' });
      const { body } = await admin.post('gitlab/plan').expect(200);
      expect(body).toMatchObject({
        push: [{ path: 'notes/new.md', op: 'create' }],
        pull: [{ path: 'notes/d.md', op: 'create' }],
        conflicts: [],
        quarantined: [],
      });
      await admin.get('context/files/notes/d.md').expect(404);
      expect(onGitLab('notes/new.md')).toBeUndefined();
    });

    it('pushes and pulls by hand, and streams a run', async () => {
      const { body: run } = await admin.post('gitlab/push').expect(202);
      const stream = await admin
        .get(`gitlab/runs/${run.id}/events`)
        .buffer()
        .expect(200)
        .expect('content-type', /event-stream/);
      expect(stream.text).toMatch(/event: finished/);
      expect(JSON.parse(stream.text.trim().split('\n').at(-1)!.slice('data: '.length))).toMatchObject({
        id: run.id,
        status: 'succeeded',
      });
      expect(onGitLab('notes/new.md')).toBe('new\n');
      await admin.post('gitlab/pull').expect(202);
      await admin.settled();
      expect((await admin.get('context/files/notes/d.md').expect(200)).text).toBe('d\n');
      expect(
        (await admin.get('gitlab/files?limit=200')).body.items.every(
          ({ state }: { state: string }) => state === 'in_sync',
        ),
      ).toBe(true);
    });

    it('undoes a sync run', async () => {
      push({ 'notes/d.md': 'a mistake\n' });
      await admin.post('gitlab/pull').expect(202);
      await admin.settled();
      const [run] = (await admin.get('gitlab/runs?limit=1')).body.items;
      await admin.post('context/restore', { runId: run.id }).expect(201);
      expect((await admin.get('context/files/notes/d.md')).text).toBe('d\n');
    });

    it('refuses callers of another org', async () => {
      const { body } = await (await service.stranger()).get('gitlab').expect(403);
      expect(body.code).toBe('forbidden_org');
      const member = await service.as({ role: 'member' });
      expect((await member.post('gitlab/push').expect(403)).body.code).toBe('forbidden_role');
    });

    it('disconnects with a dead token, destroys the secrets and keeps the context', async () => {
      await admin.delete('gitlab/connection').expect(204);
      expect((await admin.get('gitlab')).body).toMatchObject({ state: 'disconnected', webhook: null });
      expect((await admin.get('context/files')).body.items.length).toBeGreaterThan(3);
      expect((await admin.post('gitlab/push').expect(409)).body.code).toBe('not_connected');
    });

    it('creates a private project for a personal token, and not for a project’s', async () => {
      const { value } = service.gitlab.givenToken('ada');
      await admin.put('gitlab/connection', { token: value, instanceUrl: service.gitlab.url }).expect(200);
      await admin.put('gitlab/project', { create: { name: 'fresh' } }).expect(200);
      await admin.settled();
      expect(service.gitlab.project('ada/fresh').visibility).toBe('private');
      expect(service.gitlab.git.log('ada/fresh', 'main')).toHaveLength(1);
      const bot = service.gitlab.givenProjectToken('ada/fresh');
      const { body } = await admin
        .put('gitlab/connection', { token: bot.value, instanceUrl: service.gitlab.url })
        .expect(200);
      expect(body).toMatchObject({
        tokenKind: 'project',
        canCreateProjects: false,
        notice: expect.any(String),
      });
      expect((await admin.put('gitlab/project', { create: { name: 'more' } }).expect(422)).body.code).toBe(
        'token_cannot_create_projects',
      );
    });
  });
}
