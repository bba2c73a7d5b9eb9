import type { GitLab } from '@app/gitlab';
import type { AdministeredSubject, Arrange } from './subject';
import { create, request } from './writing';

/** More strikes than an adapter repeats a read. */
const ALWAYS = 100;

/** Outages and lost answers (docs/gitlab-api.md#timeouts, #throttling-and-outages). */
export function describeFaults(arrange: Arrange<AdministeredSubject>): void {
  let subject: AdministeredSubject;
  beforeEach(async () => {
    subject = await arrange();
  });
  afterEach(() => subject.dispose());

  const read = (gitlab: GitLab) => gitlab.branch(subject.repo.projectId, 'main');
  const commit = () => subject.gitlab.commit(subject.repo, request(null, [create('new.md', 'new\n')]));
  const commits = () => subject.instance.git.log(subject.repo.projectId, 'main').length;

  it.each([
    ['rack-attack', 7, 7_000],
    ['rack-attack', 0, 1_000],
    ['rack-attack', 86_400, 3_600_000],
    ['application', undefined, undefined],
  ] as const)(
    'a rate limit of the kind %s is reported with the time to wait',
    async (style, seconds, retryAfterMs) => {
      const fault = { kind: 'rate-limit', style, retryAfterSeconds: seconds } as const;
      subject.instance.calls.faults.add({ fault, on: 'commit', times: ALWAYS });
      await expect(commit()).rejects.toMatchObject({ code: 'rate_limited', retryAfterMs });
      expect(commits()).toBe(1);
    },
  );

  it.each([
    [503, 7, 7_000],
    [503, 0, 1_000],
    [503, undefined, undefined],
    [500, undefined, undefined],
    [500, 7, undefined],
    [502, 7, undefined],
  ] as const)(
    'a %i asks to wait if it is a 503 that names a time: Retry-After %p, wait %p',
    async (status, retryAfterSeconds, retryAfterMs) => {
      const fault = { kind: 'server-error', status, body: 'json', retryAfterSeconds } as const;
      subject.instance.calls.faults.add({ fault, on: 'commit', times: ALWAYS });
      await expect(commit()).rejects.toMatchObject({ code: 'gitlab_unavailable', retryAfterMs });
    },
  );

  it.each(['json', 'html'] as const)('a server error with a body of %s is an outage', async (body) => {
    subject.instance.calls.faults.add({ fault: { kind: 'server-error', status: 502, body }, times: ALWAYS });
    await expect(read(subject.gitlab)).rejects.toMatchObject({ code: 'gitlab_unavailable' });
  });

  it.each([
    ['a reset', { kind: 'reset' }, 1],
    ['a server error', { kind: 'server-error', status: 500, body: 'json' }, 1],
    ['a lost answer', { kind: 'answer-lost' }, 2],
    ['a truncated answer', { kind: 'truncated' }, 2],
    ['a gateway that gave up too early', { kind: 'server-error', status: 504, body: 'html', late: true }, 2],
  ] as const)('after %s it is unknown if the commit was made', async (_what, fault, made) => {
    subject.instance.calls.faults.add({ fault, on: 'commit' });
    await expect(commit()).rejects.toMatchObject({ code: 'gitlab_unavailable', outcomeUnknown: true });
    expect(commits()).toBe(made);
  });

  it('a commit is sent once, whatever comes of it', async () => {
    subject.instance.calls.faults.add({ fault: { kind: 'reset' }, on: 'commit', times: ALWAYS });
    subject.instance.calls.reset();
    await expect(commit()).rejects.toMatchObject({ code: 'gitlab_unavailable' });
    expect(subject.instance.calls.all.filter(({ operation }) => operation === 'commit')).toHaveLength(1);
  });

  it('maintenance refuses writes, and nothing is in doubt', async () => {
    subject.instance.calls.faults.add({ fault: { kind: 'maintenance' }, times: ALWAYS });
    await expect(read(subject.gitlab)).resolves.toMatchObject({ name: 'main' });
    await expect(commit()).rejects.toMatchObject({ code: 'gitlab_unavailable', outcomeUnknown: false });
    expect(commits()).toBe(1);
  });

  it('a race lost on the branch is reported as such', async () => {
    subject.instance.calls.faults.add({ fault: { kind: 'lost-race' } });
    await expect(commit()).rejects.toMatchObject({ code: 'file_changed', reason: 'branch-moved' });
    expect(commits()).toBe(1);
  });

  it('goes on as soon as the outage is over', async () => {
    subject.instance.calls.faults.add({ fault: { kind: 'reset' }, on: 'commit' });
    await expect(commit()).rejects.toMatchObject({ code: 'gitlab_unavailable' });
    await expect(commit()).resolves.toMatchObject({ parents: [expect.any(String)] });
  });

  it('a call is given up when its signal aborts, with the reason of the signal', async () => {
    const aborter = new AbortController();
    const reason = new Error('the lease is lost');
    subject.instance.calls.before = () => aborter.abort(reason);
    const gitlab = subject.open(subject.instance.givenToken('ada').value, { signal: aborter.signal });
    await expect(read(gitlab)).rejects.toBe(reason);
    await expect(read(gitlab)).rejects.toBe(reason);
  });

  it('counts the requests it sends', async () => {
    let requests = 0;
    const onRequest = () => void requests++;
    const gitlab = subject.open(subject.instance.givenToken('ada').value, { onRequest });
    await read(gitlab);
    expect(requests).toBe(1);
  });
}
