import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limitOf, rounded, type ComparisonResult } from './compare';
import type { Machine } from './machine';

/** The figures of one bench, as its file holds them. */
export interface Page {
  readonly command: string;
  readonly at: string;
  readonly machine: Machine;
  readonly comparisons: readonly ComparisonResult[];
}

/** Writes a page of Markdown with the figures of all benches that have a file in the folder. */
export async function resultsIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const pages = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Page),
  );
  const sections = names.map((name, index) => sectionOf(name.slice(0, -'.json'.length), pages[index]));
  return [
    '# Results',
    'Each run of a bench writes its part of this page. How to read the figures: [Benchmarks](README.md#how-to-read-them).',
    ...sections,
  ].join('\n\n');
}

function sectionOf(name: string, { at, machine, comparisons }: Page): string {
  const rows = comparisons.map((comparison) => `| ${cellsOf(comparison).join(' | ')} |`);
  const { processor, cores, node, postgresql, load } = machine;
  return [
    `## ${name}`,
    `${at.slice(0, 10)}, ${processor}, ${cores} cores, Node ${node}, PostgreSQL ${postgresql}, load ${load}. [Chart](${name}.svg)`,
    [
      '| measure | service | beside it | ratio | target | met |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
  ].join('\n\n');
}

function cellsOf({ title, unit, contenders, target, ratio, met }: ComparisonResult): string[] {
  const figureOf = (name: string | undefined) => {
    const found = contenders.find((contender) => contender.name === name);
    return found ? `${rounded(found.median)} ${unit}` : '–';
  };
  const { ours, beside } = target;
  const besideIt = beside === undefined ? '–' : `${figureOf(beside)}, ${beside}`;
  return [
    title,
    figureOf(ours),
    besideIt,
    beside === undefined ? '–' : rounded(ratio),
    limitOf(target),
    met ? 'yes' : '**no**',
  ];
}
