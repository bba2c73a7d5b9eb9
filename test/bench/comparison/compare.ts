import { CpuTimes } from './machine';

/** One of those who do the same work. */
export interface Contender {
  readonly name: string;
  /** Does the work once, on data of its own. Returns the figure, and what else was counted. */
  run(round: number): Promise<Sample>;
  /** Fewer rounds than the others, for one that takes very long. */
  readonly rounds?: number;
}

export interface Sample {
  readonly value: number;
  /** For example the requests it took. */
  readonly facts?: Readonly<Record<string, number>>;
}

/** One line of figures: contenders that do the same work. */
export interface Comparison {
  readonly title: string;
  readonly unit: 'ms' | 'MB' | 'per second';
  readonly rounds: number;
  readonly contenders: readonly Contender[];
  /** The ratio of two of them, and its limit. */
  readonly target: Target;
  /** One more round before the others, whose figures do not count. */
  readonly warmUp?: boolean;
}

export interface Target {
  readonly ours: string;
  /** Absent: the figure itself has the limit. */
  readonly beside?: string;
  readonly most?: number;
  readonly least?: number;
}

export interface ContenderResult {
  readonly name: string;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  readonly samples: readonly number[];
  readonly facts: Readonly<Record<string, number>>;
}

export interface ComparisonResult {
  readonly title: string;
  readonly unit: Comparison['unit'];
  readonly contenders: readonly ContenderResult[];
  readonly target: Target;
  /** The median of ours by that of the one beside it, or the median of ours. */
  readonly ratio: number;
  readonly met: boolean;
  /** The share of the time that other machines took from this one. */
  readonly stealPercent: number;
}

/** Lets the contenders work in turns, so that a machine that grows slower or faster counts for all of them. */
export async function compare({
  title,
  unit,
  rounds,
  contenders,
  target,
  warmUp = true,
}: Comparison): Promise<ComparisonResult> {
  console.log(title);
  const samples = new Map<string, Sample[]>(contenders.map(({ name }) => [name, []]));
  const before = await CpuTimes.now();
  if (warmUp) for (const contender of contenders) if (contender.rounds !== 1) await contender.run(-1);
  for (let round = 0; round < rounds; round++)
    for (const contender of contenders)
      if (round < (contender.rounds ?? rounds)) samples.get(contender.name)!.push(await contender.run(round));
  const stealPercent = (await CpuTimes.now()).stealPercentSince(before);
  const results = contenders.map(({ name }) => resultOf(name, samples.get(name)!));
  const ratio = ratioOf(results, target);
  const met = ratio <= (target.most ?? Infinity) && ratio >= (target.least ?? 0);
  const result = { title, unit, contenders: results, target, ratio, met, stealPercent };
  show(result);
  return result;
}

function resultOf(name: string, samples: readonly Sample[]): ContenderResult {
  const values = samples.map(({ value }) => value);
  const names = new Set(samples.flatMap(({ facts = {} }) => Object.keys(facts)));
  const facts = [...names].map((fact): [string, number] => [
    fact,
    medianOf(samples.map(({ facts: known = {} }) => known[fact])),
  ]);
  return {
    name,
    median: medianOf(values),
    least: Math.min(...values),
    most: Math.max(...values),
    samples: values,
    facts: Object.fromEntries(facts),
  };
}

function ratioOf(results: readonly ContenderResult[], { ours, beside }: Target): number {
  const medianFor = (name: string) => results.find((result) => result.name === name)!.median;
  return medianFor(ours) / (beside === undefined ? 1 : medianFor(beside));
}

function show({ unit, contenders, target, ratio, met, stealPercent }: ComparisonResult): void {
  const width = Math.max(...contenders.map(({ name }) => name.length)) + 2;
  for (const { name, median, least, most, facts } of contenders) {
    const counted = Object.entries(facts).map(([fact, value]) => `${rounded(value)} ${fact}`);
    const spread = `(${[least, most].map(rounded).join(' to ')})`;
    console.log(
      `  ${name.padEnd(width)}${`${rounded(median)} ${unit}`.padStart(14)}   ${[spread, ...counted].join(', ')}`,
    );
  }
  console.log(
    `  ${nameOfRatio(target)}: ${rounded(ratio)}, ${limitOf(target)}${met ? '' : ': MISSED'}; CPU steal ${stealPercent.toFixed(1)} %\n`,
  );
}

export const nameOfRatio = ({ ours, beside }: Target): string =>
  beside === undefined ? ours : `${ours} ÷ ${beside}`;

export const limitOf = ({ most, least }: Target): string =>
  most === undefined ? `at least ${least}` : `at most ${most}`;

export function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
