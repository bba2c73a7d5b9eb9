import { TestService, type Client } from '../support/service';

/** Number of streams that one caller may hold open, and that the test tries. */
const PER_CALLER = 10;
const TRIED = 30;

describe('Event streams', () => {
  let service: TestService;
  let release: () => void;
  let path: string;
  const open: AbortController[] = [];

  beforeAll(async () => {
    service = await TestService.start('embedded');
    const admin = await service.as();
    path = await givenRunUnderWay(admin);
  });
  afterEach(() => open.splice(0).forEach((stream) => stream.abort()));

  /** Starts a run that ends when it is released. */
  async function givenRunUnderWay(admin: Client): Promise<string> {
    const { gitlab } = service;
    const { id } = gitlab.givenProject('ada/context', { files: { 'notes/a.md': 'a\n' } });
    const token = gitlab.givenToken('ada').value;
    await admin.put('gitlab/connection', { token, instanceUrl: gitlab.url }).expect(200);
    await admin.put('gitlab/project', { projectId: id }).expect(200);
    await admin.settled();
    const held = new Promise<void>((resolve) => (release = resolve));
    gitlab.calls.before = () => held;
    const { body: run } = await admin.post('gitlab/pull').expect(202);
    return `gitlab/runs/${run.id}/events`;
  }

  async function follow(token: string, what = path): Promise<Response> {
    const stream = new AbortController();
    const answer = await fetch(`${service.url}/api/v1/orgs/${service.org}/${what}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: stream.signal,
    });
    open.push(stream);
    return answer;
  }

  it('are so many for each caller; more are refused with what to do, and another caller has their own', async () => {
    const [bob, eve] = [
      await service.token({ role: 'member', name: 'Bob' }),
      await service.token({ name: 'Eve' }),
    ];
    const answers = await Promise.all(Array.from({ length: TRIED }, () => follow(bob)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(PER_CALLER);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(TRIED - PER_CALLER);
    expect(await refused[0].json()).toMatchObject({
      code: 'too_many_streams',
      detail: expect.stringContaining('Close'),
    });
    expect((await follow(eve)).status).toBe(200);
  });

  it('leave their place when the client goes', async () => {
    const bob = await service.token({ role: 'member', name: 'Bob' });
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: PER_CALLER }, () => follow(bob)));
      open.splice(0).forEach((stream) => stream.abort());
      await (await service.as()).until(async () => (await follow(bob)).status === 200);
      open.splice(0).forEach((stream) => stream.abort());
    }
  });

  it('keep no place after an answer without a stream', async () => {
    const bob = await service.token({ role: 'member', name: 'Carol' });
    const none = 'gitlab/runs/00000000-0000-4000-8000-000000000000/events';
    for (let call = 0; call < PER_CALLER + 2; call++) expect((await follow(bob, none)).status).toBe(404);
  });

  it('end when the token does', async () => {
    const token = await service.token({ role: 'member', name: 'Dan' }, '1 second');
    const answer = await follow(token);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain('event: finished');
  });

  it('end when the service stops', async () => {
    const answer = await follow(await service.token());
    const stopped = service.stop();
    expect(await answer.text()).not.toContain('event: finished');
    release();
    await stopped;
  });
});
