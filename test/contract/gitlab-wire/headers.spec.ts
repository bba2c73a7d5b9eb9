import { Wire, type WireAnswer } from './wire';

const NAMES = ['limit', 'name', 'observed', 'remaining', 'reset', 'resettime'];

describe('GitLab on the wire: headers', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  const allowance = ({ headers }: WireAnswer) =>
    Object.fromEntries(
      NAMES.flatMap((name) => {
        const value = headers.get(`ratelimit-${name}`);
        return value === null ? [] : [[name, value]];
      }),
    );
  const seconds = (time: string) => String(Date.parse(time) / 1000);
  const ENOUGH = { limit: '2000', name: 'throttle_authenticated_api' };

  it('report with each answer how much of the allowance is left until the end of the minute', async () => {
    wire.clock.advance(20_000);
    expect(allowance(await wire.call('GET', '/user'))).toEqual({
      ...ENOUGH,
      observed: '1',
      remaining: '1999',
      reset: seconds('2026-01-01T00:01:00Z'),
    });
    wire.clock.advance(30_000);
    expect(allowance(await wire.call('GET', '/user'))).toMatchObject({ observed: '2', remaining: '1998' });
    wire.clock.advance(30_000);
    expect(allowance(await wire.call('GET', '/user'))).toMatchObject({
      observed: '1',
      remaining: '1999',
      reset: seconds('2026-01-01T00:02:00Z'),
    });
  });

  it('report the same of old versions, a minute ahead and with the date beside it', async () => {
    await wire.stop();
    await wire.start({}, '15.0.0');
    wire.clock.advance(20_000);
    expect(allowance(await wire.call('GET', '/user'))).toEqual({
      limit: '2000',
      observed: '1',
      remaining: '1999',
      reset: seconds('2026-01-01T00:01:20Z'),
      resettime: 'Thu, 01 Jan 2026 00:01:20 GMT',
    });
  });

  it.each<[string, number, () => Promise<WireAnswer>]>([
    ['a created resource', 201, () => wire.call('POST', '/projects', { name: 'new' })],
    ['no content', 204, () => wire.call('HEAD', `${wire.project}/repository/branches/main`)],
    ['a refused token', 401, () => wire.call('GET', '/user', undefined, { 'private-token': 'x' })],
    ['what is not there', 404, () => wire.call('GET', '/projects/999')],
    ['an unknown route', 404, () => wire.call('GET', '/nonsense')],
    ['a refused commit', 400, () => wire.commit({})],
    ['GraphQL', 200, () => wire.query('{ currentUser { id } }', {})],
  ])('come with %s: %i', async (_what, status, ask) => {
    const answer = await ask();
    expect([answer.status, allowance(answer)]).toEqual([status, expect.objectContaining(ENOUGH)]);
  });

  it.each([
    [500, 'json'],
    [502, 'html'],
    [503, 'json'],
  ] as const)('come with an outage too: %i as %s', async (status, body) => {
    wire.instance.calls.faults.add({ fault: { kind: 'server-error', status, body } });
    const answer = await wire.call('GET', '/user');
    expect([answer.status, allowance(answer)]).toEqual([status, expect.objectContaining(ENOUGH)]);
    expect(answer.headers.has('retry-after')).toBe(false);
  });

  it('are left out by the limits of single endpoints', async () => {
    wire.instance.calls.faults.add({ fault: { kind: 'rate-limit', style: 'application' } });
    const answer = await wire.call('GET', '/user');
    expect([answer.status, allowance(answer)]).toEqual([429, {}]);
  });

  it('reach nothing left, and then the answer is 429 until the minute is over', async () => {
    await wire.stop();
    await wire.start({ requestsPerMinute: 2 });
    wire.clock.advance(20_000);
    const left = async () => allowance(await wire.call('GET', '/user')).remaining;
    expect([await left(), await left()]).toEqual(['1', '0']);
    const refused = await wire.call('GET', '/user');
    expect(refused).toMatchObject({ status: 429, body: 'Retry later\n' });
    expect(refused.headers.get('retry-after')).toBe('40');
    expect(allowance(refused)).toMatchObject({
      observed: '3',
      remaining: '0',
      reset: seconds('2026-01-01T00:01:00Z'),
      resettime: 'Thu, 01 Jan 2026 00:01:00 GMT',
    });
    wire.clock.advance(40_000);
    expect(await left()).toBe('1');
  });

  it('forbid to keep an error, and a raw file', async () => {
    const kept = async (path: string) => (await wire.call('GET', path)).headers.get('cache-control');
    expect(await kept('/user')).toBe('max-age=0, private, must-revalidate');
    expect(await kept('/projects/999')).toBe('no-cache');
    const raw = await wire.call('GET', `${wire.project}/repository/files/README.md/raw`);
    expect(raw.headers.get('cache-control')).toContain('no-store');
    expect(raw.headers.get('pragma')).toBe('no-cache');
    expect(raw.headers.get('expires')).toBe('Fri, 01 Jan 1990 00:00:00 GMT');
  });

  it('name the type of an answer whose body was not asked for', async () => {
    const { headers } = await wire.call('HEAD', `${wire.project}/repository/files/README.md?ref=main`);
    expect(headers.get('content-type')).toBe('application/json');
  });
});
