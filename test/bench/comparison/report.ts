import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chartOf } from './chart';
import type { ComparisonResult } from './compare';
import { describeMachine } from './machine';

const FOLDER = join(__dirname, '../../../docs/benchmarks');

/** Writes `docs/benchmarks/<name>.json` and a chart beside it. Returns whether all targets are met. */
export async function report(name: string, comparisons: readonly ComparisonResult[]): Promise<boolean> {
  const command = `npm run bench -- ${name}`;
  const page = { command, at: new Date().toISOString(), machine: await describeMachine(), comparisons };
  await writeFile(join(FOLDER, `${name}.json`), `${JSON.stringify(page, null, 2)}\n`);
  await writeFile(join(FOLDER, `${name}.svg`), chartOf(page));
  return comparisons.every(({ met }) => met);
}
