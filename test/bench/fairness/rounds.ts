interface Comparison {
  readonly title: string;
  readonly rounds: number;
  readonly most: number;
  /** Begins and ends the work of the others; `end` returns its results. */
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<string>;
  readonly measure: () => Promise<readonly number[]>;
}

/**
 * Measures by turns without and beside others, and prints a table. The ratio is the median of the rounds' ratios: time that a busy
 * machine adds in one round counts for both halves, or not at all.
 */
export async function compare({ title, rounds, most, begin, end, measure }: Comparison): Promise<boolean> {
  console.log(`${title}\n  round   alone (ms)  beside (ms)  ratio`);
  await measure(); // to warm up
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    let said = '';
    const beside = async () => {
      await begin();
      const figures = median(await measure());
      said = await end();
      return figures;
    };
    const alone = async () => median(await measure());
    const first = round % 2 ? await alone() : await beside();
    const second = round % 2 ? await beside() : await alone();
    const [one, other] = round % 2 ? [first, second] : [second, first];
    ratios.push(other / one);
    console.log(
      `  ${cell(round, 5, 0)}${cell(one, 13)}${cell(other, 13)}${cell(other / one, 7, 2)}   ${said}`,
    );
  }
  const ratio = median(ratios);
  console.log(`  ratio ${ratio.toFixed(2)}, at most ${most}${ratio <= most ? '' : '   too much'}\n`);
  return ratio <= most;
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const cell = (figure: number, width: number, digits = 1) => figure.toFixed(digits).padStart(width);
