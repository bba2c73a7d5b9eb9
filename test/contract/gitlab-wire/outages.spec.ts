import { Wire } from './wire';

describe('GitLab on the wire: outages', () => {
  const wire = new Wire();
  beforeEach(() => wire.start());
  afterEach(() => wire.stop());

  it('send maintenance pages by redirect to those who do not speak JSON', async () => {
    wire.instance.calls.faults.add({ fault: { kind: 'maintenance' }, times: 2 });
    expect(await wire.commit({})).toMatchObject({
      status: 503,
      body: { message: 'GitLab is undergoing maintenance' },
    });
    expect(
      (await wire.call('DELETE', `${wire.project}/hooks/1`, undefined, { 'content-type': '' })).status,
    ).toBe(302);
  });

  it('come slowly if that is requested, and whole', async () => {
    wire.instance.calls.faults.add({ fault: { kind: 'slow-drip', bytes: 100, everyMs: 1 } });
    expect((await wire.call('GET', '/user')).body).toMatchObject({ username: 'ada' });
  });

  it('are counted like any request, by route', async () => {
    await wire.call('GET', `${wire.project}`);
    await wire.call('GET', '/projects/ada%2Fdocs');
    await wire.call('GET', '/nonsense');
    expect(wire.instance.calls.counts).toEqual({ 'GET /projects/:id': 2, 'GET /api/v4/nonsense': 1 });
    wire.instance.calls.reset();
    expect(wire.instance.calls.counts).toEqual({});
  });
});
