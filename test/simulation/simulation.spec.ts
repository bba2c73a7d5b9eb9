import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PROOFS } from '../support/proofs';
import { drawSteps, live } from './history';
import { SABOTAGES, safeguardsOf } from './sabotage';

const ROOT = join(__dirname, '../..');
/** Finds a hang: thousands of histories take minutes, and on a busy machine many. */
const HANG_MS = 1_800_000;
const MODES = ['direct', 'merge_request'] as const;
const { histories, sabotages, repeated } = PROOFS.simulation;
const BROKEN = MODES.flatMap((publish) =>
  safeguardsOf(publish)
    .filter((name) => sabotages?.[publish].includes(name) ?? true)
    .map((name) => ({ name, publish })),
);

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
  it.each(MODES)(
    'finds no edit lost, doubled or stuck if changes are published by %s',
    async (publish) => {
      const seeds = `${histories[publish]}`;
      const { code, said } = await simulate('--publish', publish, '--seeds', seeds);
      expect(said).toContain(`${seeds} histories`);
      expect({ code, said }).toMatchObject({ code: 0 });
    },
    HANG_MS,
  );

  it.each([[16688, 'a file that was freed after it left the scope']])(
    'comes to rest in history %i: %s',
    async (seed) => {
      const { code, said } = await simulate('--seed', `${seed}`);
      expect({ code, said }).toMatchObject({ code: 0 });
    },
    HANG_MS,
  );

  it.each(BROKEN)(
    'notices within 2,000 histories of $publish that there is no $name',
    async ({ name, publish }) => {
      const { code, said } = await simulate('--publish', publish, '--seeds', '2000', '--break', name);
      expect({ code, said }).toMatchObject({ code: 0 });
    },
    HANG_MS,
  );

  it.each(MODES)('lives through the same history again for the same seed: %s', async (publish) => {
    for (let seed = 1; seed <= repeated; seed++) {
      const setting = { sabotage: SABOTAGES.none, publish };
      const once = await live(seed, drawSteps(seed, publish), setting);
      const again = await live(seed, drawSteps(seed, publish), setting);
      expect(again.diary).toEqual(once.diary);
    }
  });
});
