import { TestService, type Client } from '../support/service';

const PROJECT = 'ada/context';

describe.each(['embedded', 'distributed'] as const)('Proposing by merge request, over HTTP, %s', (mode) => {
  let service: TestService;
  let admin: Client;

  beforeAll(async () => {
    service = await TestService.start(mode);
    admin = await service.as();
    const { gitlab } = service;
    const files = { 'notes/a.md': 'a\n', 'notes/b.md': 'b\n' };
    const { id: projectId } = gitlab.givenProject(PROJECT, { files });
    const token = gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId }).expect(200);
    await admin.settled();
    gitlab.protect(PROJECT, 'main', 0, 40);
  });
  afterAll(() => service.stop());

  const textOn = (branch: string, path: string) => service.gitlab.git.read(PROJECT, branch, path)?.toString();
  const status = async () => (await admin.get('gitlab').expect(200)).body;
  const requestIn = (state: string) =>
    admin.until(async () => {
      const { project } = await status();
      return project.mergeRequest?.state === state && project.mergeRequest;
    });
  const write = (path: string, text: string) =>
    admin.put(`context/files/${path}`, text).expect((answer) => expect(answer.ok).toBe(true));
  const push = async () => {
    await admin.post('gitlab/push').expect(202);
    await admin.settled();
  };

  it('is offered if the branch is protected', async () => {
    await write('notes/a.md', 'a1\n');
    await admin.post('gitlab/push').expect(202);
    const stopped = await admin.until(async () => (await status()).sync.error);
    expect(stopped).toMatchObject({
      code: 'branch_protected',
      detail: expect.stringContaining('publish to merge_request'),
    });
    const { body } = await admin.patch('gitlab/project', { publish: 'merge_request' }).expect(200);
    expect(body).toMatchObject({
      publish: 'merge_request',
      mergeRequest: null,
      warnings: [expect.stringContaining('the next push proposes it by a merge request from dot/context')],
    });
    expect((await admin.post('gitlab/plan').expect(200)).body).toMatchObject({
      push: [{ path: 'notes/a.md', op: 'update' }],
      warnings: [],
    });
  });

  it('opens one, and shows it in the status and with the files', async () => {
    await push();
    const request = await requestIn('opened');
    expect(request).toMatchObject({ iid: 1, changes: 1, conflict: false, title: expect.any(String) });
    expect(request.webUrl).toBe(`${service.gitlab.url}/ada/context/-/merge_requests/1`);
    expect(await status()).toMatchObject({ files: { proposed: 1, inSync: 1 }, sync: { pendingPush: 0 } });
    const { items } = (await admin.get('gitlab/files?state=proposed').expect(200)).body;
    expect(items.map(({ path }: { path: string }) => path)).toEqual(['notes/a.md']);
    expect([textOn('main', 'notes/a.md'), textOn('dot/context', 'notes/a.md')]).toEqual(['a\n', 'a1\n']);
    expect((await admin.post('gitlab/plan').expect(200)).body.push).toEqual([]);
  });

  it('takes a reviewer’s edit, and a no', async () => {
    service.gitlab.reviewer.commit(PROJECT, { 'notes/b.md': 'b, reviewed\n' });
    await admin.post('gitlab/pull').expect(202);
    await admin.settled();
    expect((await admin.get('context/files/notes/b.md').expect(200)).text).toBe('b, reviewed\n');
    service.gitlab.reviewer.close(PROJECT);
    await admin.post('gitlab/pull').expect(202);
    await requestIn('closed');
    await push();
    const refused = await status();
    expect(refused).toMatchObject({ health: 'attention', sync: { error: { code: 'merge_request_closed' } } });
    const member = await service.as({ role: 'member' });
    await member.post('gitlab/merge-request/propose').expect(403);
    await member.post('gitlab/merge-request/discard').expect(403);
  });

  it('opens another one if an admin proposes again', async () => {
    const { body } = await admin.post('gitlab/merge-request/propose').expect(202);
    expect(body).toMatchObject({ kind: 'push', status: 'queued' });
    expect(await requestIn('opened')).toMatchObject({ iid: 2, changes: 2 });
    expect(await admin.settled()).toMatchObject({ health: 'ok', sync: { error: null } });
  });

  it('is over once it is merged', async () => {
    service.gitlab.mergeRequests.recheck(service.gitlab.reviewer.find(PROJECT));
    service.gitlab.jobs.settle();
    service.gitlab.reviewer.merge(PROJECT, 2, { squash: true });
    await admin.post('gitlab/pull').expect(202);
    await requestIn('merged');
    expect(await admin.settled()).toMatchObject({ health: 'ok', files: { proposed: 0, inSync: 2 } });
    expect([textOn('main', 'notes/a.md'), textOn('main', 'notes/b.md')]).toEqual(['a1\n', 'b, reviewed\n']);
  });

  it('is discarded by an admin, which undoing the run reverts', async () => {
    await write('notes/a.md', 'a2\n');
    await push();
    await requestIn('opened');
    const { body: run } = await admin.post('gitlab/merge-request/discard').expect(202);
    await admin.until(async () => (await admin.get(`gitlab/runs/${run.id}`)).body.status === 'succeeded');
    expect((await admin.get('context/files/notes/a.md').expect(200)).text).toBe('a1\n');
    expect((await status()).files).toMatchObject({ proposed: 0, inSync: 2 });
    expect(service.gitlab.reviewer.find(PROJECT).state).toBe('closed');
    await admin.post('context/restore', { runId: run.id }).expect(201);
    expect((await admin.get('context/files/notes/a.md').expect(200)).text).toBe('a2\n');
    await push();
    expect(await requestIn('opened')).toMatchObject({ iid: 4, changes: 1 });
    const { items } = (await admin.get('audit').expect(200)).body;
    const acts = items.map(({ action }: { action: string }) => action);
    expect(acts).toEqual(expect.arrayContaining(['proposal.propose', 'proposal.discard']));
  });
});
