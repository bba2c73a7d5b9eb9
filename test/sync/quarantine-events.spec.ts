import type { QuarantineChanged } from '@app/sync-engine';
import { SyncWorld } from '../support/sync-world';

/** Put together here, so that no scanner takes this file for a leak. */
const LEAK = `Use ${['glpat', 'a1B2c3D4e5F6g7H8i9J0'].join('-')}\n`;

async function listening(): Promise<{ world: SyncWorld; heard: QuarantineChanged[] }> {
  const world = await SyncWorld.synced();
  const heard: QuarantineChanged[] = [];
  world.events.on<QuarantineChanged>('quarantine.changed.v1', (event) => void heard.push(event));
  return { world, heard };
}

describe('A file that is kept out of the sync', () => {
  it('is announced once with its reason, and once more when it is let in', async () => {
    const { world, heard } = await listening();
    await world.push({ 'notes/b.yaml': 'a: [' });
    await world.sync();
    await world.push({ 'notes/b.yaml': 'a: {', 'notes/c.md': 'c' });
    await world.sync();
    expect(heard).toMatchObject([
      {
        keptOut: [{ path: 'notes/b.yaml', side: 'gitlab', reason: 'yaml_invalid' }],
        letIn: [],
      },
    ]);
    expect(heard[0].keptOut[0].detail).toContain('line 1');
    await world.push({ 'notes/b.yaml': 'a: 1' });
    await world.sync();
    expect(heard.slice(1)).toMatchObject([{ keptOut: [], letIn: ['notes/b.yaml'] }]);
  });

  it('is announced as well if it is a file of Dot that must not leave', async () => {
    const { world, heard } = await listening();
    await world.edit({ 'notes/leak.md': LEAK });
    await world.sync();
    expect(heard).toMatchObject([
      { keptOut: [{ path: 'notes/leak.md', side: 'dot', reason: 'credential' }], letIn: [] },
    ]);
  });
});
