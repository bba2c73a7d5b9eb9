import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { drawSteps, live } from './history';
import { SABOTAGES } from './sabotage';

const ROOT = join(__dirname, '../..');

/** As `npm run simulate` does it: Jest's own transformation would make it slow. */
function simulate(...args: string[]): Promise<{ code: number | null; said: string }> {
  const loader = join(ROOT, 'test/support/run-typescript.cjs');
  const child = spawn(process.execPath, ['--require', loader, join(__dirname, 'simulate.ts'), ...args]);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

describe('The simulation', () => {
  it('finds no edit lost, doubled or stuck in 2,000 histories', async () => {
    const { code, said } = await simulate('--seeds', '2000');
    expect(said).toContain('2000 histories');
    expect({ code, said }).toMatchObject({ code: 0 });
  }, 120_000);

  it.each(['fencing', 'guard', 'lookup', 'base', 'leftOut', 'seenAt', 'fullComparison'])(
    'notices within 2,000 histories that there is no %s',
    async (name) => {
      const { code, said } = await simulate('--seeds', '2000', '--break', name);
      expect({ code, said }).toMatchObject({ code: 0 });
    },
    120_000,
  );

  it('lives through the same history again for the same seed', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const [once, again] = [
        await live(seed, drawSteps(seed), SABOTAGES.none),
        await live(seed, drawSteps(seed), SABOTAGES.none),
      ];
      expect(again.diary).toEqual(once.diary);
    }
  });
});
