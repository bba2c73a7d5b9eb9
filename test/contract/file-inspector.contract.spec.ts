import { InProcessInspector, InspectionLimits, PooledInspector, type Text } from '@app/inspection/testing';
import { ENDLESS_YAML } from '../support/hostile-texts';
import { describeFileInspectorContract } from './file-inspector.contract';

describeFileInspectorContract('in this process', () => ({
  inspector: new InProcessInspector(),
  close: async () => undefined,
}));

describeFileInspectorContract('a pool of workers', () => {
  const inspector = new PooledInspector(new InspectionLimits());
  return { inspector, close: () => inspector.onApplicationShutdown() };
});

const ENDLESS: Text = {
  kind: 'yaml',
  bytes: Buffer.from(ENDLESS_YAML),
};

const LARGE: Text = { kind: 'yaml', bytes: Buffer.from('- {a: b}\n'.repeat(600_000)) };
const FINE: Text = { kind: 'yaml', bytes: Buffer.from('a: 1\n') };
const GOOD = { problem: null, findings: [] };

describe('a pool of workers', () => {
  let inspector: PooledInspector;
  const given = (limits: Partial<InspectionLimits>) => {
    inspector = new PooledInspector(new InspectionLimits({ threads: 2, ...limits }));
  };
  afterEach(() => inspector.onApplicationShutdown());

  it('ends a text that takes too long, and goes on', async () => {
    given({ singleMs: 200 });
    expect(await inspector.inspect([ENDLESS])).toEqual(['exceeded']);
    expect(await inspector.inspect([FINE])).toEqual([GOOD]);
  });

  it('names the text among others that takes too long', async () => {
    given({ amongOthersMs: 500 });
    expect(await inspector.inspect([FINE, ENDLESS, FINE])).toEqual(['skipped', 'exceeded', 'skipped']);
  });

  it('ends a text that needs too much memory, and goes on', async () => {
    given({ heapMb: 24, singleMs: 60_000 });
    expect(await inspector.inspect([LARGE])).toEqual(['exceeded']);
    expect(await inspector.inspect([FINE])).toEqual([GOOD]);
  });

  it('inspects another text while one takes long', async () => {
    given({ singleMs: 60_000 });
    const endless = inspector.inspect([ENDLESS]).catch(() => 'stopped');
    expect(await inspector.inspect([FINE])).toEqual([GOOD]);
    await inspector.onApplicationShutdown();
    expect(await endless).toBe('stopped');
  });
});
