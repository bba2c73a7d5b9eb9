import { TestService, type Client } from '../support/service';

/** Routes that the settings page reads beside the runs. */
describe('What the settings page shows, over HTTP', () => {
  let service: TestService;
  let admin: Client;

  beforeAll(async () => {
    service = await TestService.start('embedded');
    admin = await service.as();
    const { gitlab } = service;
    const files = { 'notes/a.md': 'a\n', 'notes/b.md': 'b\n' };
    const { id: projectId } = gitlab.givenProject('ada/context', { files });
    const token = gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId }).expect(200);
    await admin.settled();
  });
  afterAll(() => service.stop());

  const push = (files: Record<string, string>) =>
    service.gitlab.git.push('ada/context', 'main', { files, at: new Date(Date.now() + 60_000) });
  const pull = async () => {
    await admin.post('gitlab/pull').expect(202);
    await admin.settled();
  };

  it('counts files, names the caller and says since when changes wait', async () => {
    const member = await service.as({ role: 'member', name: 'Linus' });
    await member.put('context/files/notes/new.md', 'n\n').expect(201);
    const { body } = await member.get('gitlab').expect(200);
    expect(body).toMatchObject({
      files: { total: 3, inSync: 2, dotAhead: 1, gitlabAhead: 0, conflict: 0, quarantined: 0, proposed: 0 },
      viewer: { role: 'member', name: 'Linus' },
      oldestPendingAt: expect.stringMatching(/Z$/),
      pollSeconds: expect.any(Number),
    });
  });

  it('lists the waiting changes, page by page', async () => {
    await admin.put('context/files/notes/new2.md', 'n\n').expect(201);
    const first = (await admin.get('context/history?pending=true&limit=1').expect(200)).body;
    expect(first.items).toMatchObject([{ path: 'notes/new2.md', commit: null, author: { name: 'Ada' } }]);
    const second = (await admin.get(`context/history?pending=true&cursor=${first.nextCursor}`)).body;
    expect(second).toMatchObject({ items: [{ path: 'notes/new.md' }], nextCursor: null });
    const one = (await admin.get('context/history?pending=true&path=notes/new.md').expect(200)).body.items;
    expect(one).toHaveLength(1);
    await admin.post('gitlab/push').expect(202);
    await admin.settled();
    expect((await admin.get('context/history?pending=true')).body.items).toEqual([]);
    await admin.get('context/history?pending=maybe').expect(400);
  });

  it('shows who requested a run, and the commits it took', async () => {
    const head = push({ 'notes/b.md': 'b2\n' });
    await pull();
    const { body } = await admin.get('gitlab/runs?limit=1').expect(200);
    expect(body.items[0]).toMatchObject({
      requestedBy: 'Ada',
      head,
      commits: [head],
      title: expect.any(String),
    });
  });

  it('shows the text of a file that was kept out, as plain text', async () => {
    push({ 'notes/bad.yaml': 'a: [\n<script>', 'notes/big.md': 'x'.repeat(2_000_000) });
    await pull();
    const { items } = (await admin.get('gitlab/files?state=quarantined').expect(200)).body;
    expect(items[0].quarantine).toMatchObject({ code: 'yaml_invalid', line: expect.any(Number) });
    const read = await admin.get('gitlab/files/notes/bad.yaml?side=gitlab').expect(200);
    expect(read.text).toBe('a: [\n<script>');
    expect(read.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    await admin.get('gitlab/files/notes/big.md?side=gitlab').expect(404);
    await admin.get('gitlab/files/notes/a.md?side=gitlab').expect(404);
    await admin.get('gitlab/files/notes/bad.yaml').expect(400);
    await (await service.stranger()).get('gitlab/files/notes/bad.yaml?side=gitlab').expect(403);
  });

  it('shows both sides of a conflict until it is dismissed, by an admin', async () => {
    await admin.put('context/files/notes/a.md', 'ours\n').expect(200);
    const head = push({ 'notes/a.md': 'theirs\n' });
    await pull();
    const [conflict] = (await admin.get('gitlab/conflicts').expect(200)).body.items;
    expect(conflict).toMatchObject({
      winner: 'gitlab',
      runId: expect.any(String),
      stands: { commit: head },
      kept: { author: { name: 'Ada' }, commit: null },
      base: { commit: expect.any(String) },
    });
    for (const [side, text] of [
      ['stands', 'theirs\n'],
      ['kept', 'ours\n'],
      ['base', 'a\n'],
    ])
      expect((await admin.get(`context/versions/${conflict[side].version}`).expect(200)).text).toBe(text);
    const member = await service.as({ role: 'member' });
    await member.post(`gitlab/conflicts/${conflict.id}/dismiss`).expect(403);
    await admin.post(`gitlab/conflicts/${conflict.id}/dismiss`).expect(204);
    await admin.post(`gitlab/conflicts/${conflict.id}/dismiss`).expect(404);
    expect((await admin.get('gitlab/conflicts')).body.items).toEqual([]);
    const { items } = (await admin.get('audit?limit=3').expect(200)).body;
    expect(items[1]).toMatchObject({ action: 'conflict.dismiss', target: conflict.id, result: 'ok' });
  });
});
