import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { chartOf } from './chart';
import type { ComparisonResult } from './compare';
import { describeMachine } from './machine';
import { resultsIn, type Page } from './results';

const FOLDER = join(__dirname, '../../../docs/benchmarks');

/** Writes `docs/benchmarks/<name>.json`, a chart beside it, and the page of all results. Returns whether all targets are met. */
export async function report(name: string, comparisons: readonly ComparisonResult[]): Promise<boolean> {
  const command = `npm run bench -- ${name}`;
  const page: Page = { command, at: new Date().toISOString(), machine: await describeMachine(), comparisons };
  await writeFile(join(FOLDER, `${name}.json`), `${JSON.stringify(page, null, 2)}\n`);
  await writeFile(join(FOLDER, `${name}.svg`), chartOf(page));
  await writeFile(join(FOLDER, 'results.md'), await format(await resultsIn(FOLDER), { parser: 'markdown' }));
  return comparisons.every(({ met }) => met);
}
