import { TestService, type Client } from '../support/service';

const many = (n: number, text: string | null = 'text\n') =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`notes/${i}.md`, text && `${i} ${text}`]));

describe('Deletions on GitLab, over HTTP', () => {
  let service: TestService;
  let admin: Client;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    const { gitlab } = service;
    const { id: projectId } = gitlab.givenProject('ada/context', { files: many(20) as never });
    const token = gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId }).expect(200);
    await admin.settled();
  });
  afterAll(() => service.stop());

  const onGitLab = () => [...service.gitlab.git.tree('ada/context', 'main').keys()];
  const asked = () =>
    admin.until(async () => {
      const { body } = await admin.get('gitlab');
      return body.sync.lastRun.status === 'awaiting_confirmation' && body.sync;
    });

  it('are put off by "Not now", and stay in view', async () => {
    service.gitlab.git.push('ada/context', 'main', { files: many(15, null) });
    const { id } = (await admin.post('gitlab/pull').expect(202)).body;
    expect((await asked()).error).toMatchObject({ code: 'mass_delete_unconfirmed', runId: id });
    await admin.post(`gitlab/runs/${id}/cancel`).expect(202);
    const { body } = await admin.get('gitlab').expect(200);
    expect(body).toMatchObject({
      health: 'attention',
      sync: {
        error: { code: 'mass_delete_unconfirmed', detail: expect.stringContaining('15 of 20'), runId: id },
        lastRun: { id, status: 'cancelled' },
      },
    });
    const files = await admin.get('gitlab/files?state=gitlab_ahead&limit=200').expect(200);
    expect(files.body.items).toHaveLength(15);
    expect((await admin.post('gitlab/plan').expect(200)).body.pull).toHaveLength(15);
  });

  it('are listed with their run, page by page', async () => {
    const { runId } = (await admin.get('gitlab')).body.sync.error;
    const first = (await admin.get(`gitlab/runs/${runId}/changes?limit=10`).expect(200)).body;
    expect(first.items[0]).toEqual({ path: 'notes/0.md', op: 'delete' });
    const rest = await admin.get(`gitlab/runs/${runId}/changes?cursor=${first.nextCursor}`).expect(200);
    expect([first.items.length, rest.body.items.length, rest.body.nextCursor]).toEqual([10, 5, null]);
    await admin.get('gitlab/runs/none/changes').expect(404);
    await (await service.stranger()).get(`gitlab/runs/${runId}/changes`).expect(403);
  });

  it('are taken back by an admin, as one commit', async () => {
    const { runId } = (await admin.get('gitlab')).body.sync.error;
    const member = await service.as({ role: 'member' });
    expect((await member.post(`gitlab/runs/${runId}/keep`).expect(403)).body.code).toBe('forbidden_role');
    const before = service.gitlab.git.log('ada/context', 'main').length;
    const { body: run } = await admin.post(`gitlab/runs/${runId}/keep`).expect(202);
    expect(await admin.settled()).toMatchObject({ health: 'ok', sync: { error: null } });
    expect(onGitLab()).toHaveLength(20);
    expect(service.gitlab.git.log('ada/context', 'main')).toHaveLength(before + 1);
    const changes = (await admin.get(`gitlab/runs/${run.id}/changes?limit=200`).expect(200)).body.items;
    expect(changes).toHaveLength(15);
    expect(changes[0]).toEqual({ path: 'notes/0.md', op: 'create' });
    const answer = await admin.post(`gitlab/runs/${runId}/keep`).expect(409);
    expect(answer.body.code).toBe('run_not_awaiting_confirmation');
    const { items } = (await admin.get('audit').expect(200)).body;
    const kept = items.filter(({ action }: { action: string }) => action === 'run.keep');
    expect(kept.map(({ target, result }: { target: string; result: string }) => [target, result])).toEqual([
      [runId, 'run_not_awaiting_confirmation'],
      [runId, 'ok'],
      [runId, 'forbidden_role'],
    ]);
  });
});
