import axios from 'axios';
import { FakeGitLabInstance, startFakeGitLabServer, type FakeGitLabServer } from '@app/fake-gitlab';
import { ManualClock } from '@app/kernel';

const NOWHERE = 'f'.repeat(40);
const STATES = ['pending', 'running', 'success', 'failed', 'canceled', 'skipped'];

/** The literal answers of docs/gitlab-api.md#post-a-status and #status-transitions. */
describe('The statuses of commits on the wire', () => {
  let instance: FakeGitLabInstance;
  let server: FakeGitLabServer;
  let head: string;
  let root: string;
  let token: string;

  const post = (body: object, sha = head) =>
    axios.post(`${root}/statuses/${sha}`, body, {
      headers: { authorization: `Bearer ${token}` },
      validateStatus: () => true,
    });
  const list = async (query = '') =>
    (
      await axios.get(`${root}/repository/commits/${head}/statuses${query}`, {
        headers: { authorization: `Bearer ${token}` },
      })
    ).data;
  const answer = async (body: object, sha?: string) => {
    const { status, data } = await post(body, sha);
    return { status, data };
  };

  beforeEach(async () => {
    instance = new FakeGitLabInstance({ clock: new ManualClock() });
    server = await startFakeGitLabServer(instance);
    const project = instance.givenProject('ada/context', { files: { 'notes/a.md': 'a' } });
    head = instance.git.push('ada/context', 'main', { files: { 'notes/b.md': 'b' } });
    root = `${server.url}/api/v4/projects/${project.id}`;
    token = instance.givenToken('ada').value;
  });
  afterEach(() => server.close());

  it('are answered as a job of a pipeline', async () => {
    const { status, data } = await post({
      state: 'success',
      ref: 'main',
      name: 'dot/context',
      description: 'x',
    });
    expect(status).toBe(201);
    expect(data).toMatchObject({
      ...{ sha: head, ref: 'main', status: 'success', name: 'dot/context', description: 'x' },
      ...{ target_url: null, allow_failure: false, coverage: null, author: { username: 'ada' } },
    });
    expect(data.finished_at).not.toBeNull();
    expect(await list()).toEqual([data]);
  });

  it('belong to the first branch that contains the commit if no ref is sent, and have a default name', async () => {
    const { data } = await post({ state: 'pending' });
    expect(data).toMatchObject({ ref: 'main', name: 'default', finished_at: null });
    expect((await post({ state: 'success', context: 'other' })).data).toMatchObject({ name: 'other' });
  });

  it('are listed without those that a newer one replaced', async () => {
    for (const state of ['success', 'failed']) await post({ state, ref: 'main', name: 'a' });
    expect((await list()).map(({ status }: { status: string }) => status)).toEqual(['failed']);
    expect(await list('?all=true')).toHaveLength(2);
    expect(await list('?name=b')).toEqual([]);
  });

  it.each([
    [{}, 400, { error: 'state is missing' }],
    [{ state: 'done' }, 400, { error: 'state does not have a valid value' }],
    [
      { state: 'success', ref: 'main', target_url: 'javascript:alert(1)' },
      400,
      { message: { target_url: ['is blocked: Only allowed schemes are http, https'] } },
    ],
    [
      { state: 'success', ref: 'main', description: 'x'.repeat(256) },
      400,
      { message: { description: ['is too long (maximum is 255 characters)'] } },
    ],
  ])('are refused with %j', async (body, status, data) =>
    expect(await answer(body)).toEqual({ status, data }),
  );

  it('are refused for a commit that is not there, and while the commit is locked', async () => {
    expect(await answer({ state: 'success' }, NOWHERE)).toEqual({
      status: 404,
      data: { message: '404 Commit Not Found' },
    });
    instance.commitStatuses.lock(head);
    expect(await answer({ state: 'success', ref: 'main' })).toEqual({
      status: 409,
      data: { message: 'Another update to this commit status is in progress' },
    });
  });

  const ALLOWED: Readonly<Record<string, readonly string[]>> = {
    pending: ['running', 'success', 'failed', 'canceled', 'skipped'],
    running: ['success', 'failed', 'canceled'],
    success: STATES,
    failed: STATES,
    canceled: STATES,
    skipped: STATES,
  };
  it.each(STATES)('follow %s as GitLab allows', async (from) => {
    const accepted: string[] = [];
    for (const to of STATES) {
      const about = { ref: 'main', name: `${from} to ${to}` };
      await post({ ...about, state: from });
      const { status, data } = await post({ ...about, state: to });
      if (status === 201) accepted.push(to);
      else
        expect(data.message).toMatch(
          new RegExp(`^Cannot transition status via :\\w+ from :${from} \\(Reason`),
        );
    }
    expect(accepted).toEqual(ALLOWED[from]);
  });

  it('say in GitLab’s words why one cannot follow another', async () => {
    const about = { ref: 'main', name: 'a' };
    await post({ ...about, state: 'pending' });
    expect((await post({ ...about, state: 'pending' })).data).toEqual({
      message:
        'Cannot transition status via :enqueue from :pending (Reason(s): Status cannot transition via "enqueue")',
    });
  });
});
