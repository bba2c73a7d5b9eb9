import { activeTrace, traced } from '@app/kernel';
import { recordTraces, type RecordedTraces } from '../support/record-traces';
import { SyncWorld } from '../support/sync-world';

describe('A run in the traces', () => {
  let traces: RecordedTraces;
  let world: SyncWorld;
  beforeAll(() => (traces = recordTraces()));
  beforeEach(async () => {
    world = await SyncWorld.synced();
    traces.forget();
  });
  afterAll(() => traces.stop());

  const named = (name: string) => traces.spans().filter((span) => span.name === name);
  const placesOf = (name: string) => named(name).map((span) => span.spanContext());
  const edit = (text: string) => traced('edit', {}, () => world.edit({ 'notes/a.md': text }));
  const passes = () => named('gitlab_sync.pass');

  it('belongs to the first edit that asked for it, and is linked with the others', async () => {
    for (const text of ['one', 'two', 'three']) await edit(text);
    await world.sync();
    const [first, ...others] = placesOf('edit');
    const [pass] = passes();
    expect(pass.parentSpanContext?.spanId).toBe(first.spanId);
    expect(pass.links.map(({ context }) => context.spanId)).toEqual(others.map(({ spanId }) => spanId));
    expect(placesOf('gitlab_sync.commit')).toHaveLength(3);
  });

  it('keeps its trace over the passes that it takes', async () => {
    world.gitlab.calls.faults.add({
      fault: { kind: 'server-error', status: 502, body: 'html' },
      on: 'commit',
    });
    await edit('one');
    await world.sync();
    const [{ traceId, spanId }] = placesOf('edit');
    expect(passes()).toMatchObject([
      { attributes: { 'gitlab_sync.status': 'queued', 'error.type': 'gitlab_unavailable' } },
      { attributes: { 'gitlab_sync.status': 'succeeded' } },
    ]);
    for (const pass of passes()) expect(pass.parentSpanContext).toMatchObject({ traceId, spanId });
  });

  it('begins a trace of its own if nothing traced asked for it', async () => {
    await world.push({ 'notes/a.md': 'b' });
    await traced('another org wakes it', {}, () => world.sync());
    expect(passes()).toMatchObject([{ attributes: { 'gitlab_sync.kind': 'pull' }, links: [] }]);
    expect(passes()[0].parentSpanContext).toBeUndefined();
  });

  it('shows what a host does with its events', async () => {
    const heard: (string | null)[] = [];
    world.events.on('sync.finished.v1', () => void heard.push(activeTrace()));
    await edit('one');
    await world.sync();
    const [{ traceId, spanId }] = passes().map((pass) => pass.spanContext());
    expect(heard).toEqual([`00-${traceId}-${spanId}-01`]);
  });
});
