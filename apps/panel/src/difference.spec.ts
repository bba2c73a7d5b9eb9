import { differenceOf, type DiffRow } from './difference';

const shown = (rows: readonly DiffRow[]) =>
  rows.map((row) => {
    if (row.kind === 'fold') return `… ${row.lines}`;
    if (row.kind === 'same') return `  ${row.text}`;
    const side = (parts: typeof row.left) =>
      parts?.map(({ text, marked }) => (marked ? `[${text}]` : text)).join('') ?? '—';
    return `${side(row.left)} | ${side(row.right)}`;
  });

describe('The difference of two texts', () => {
  it('pairs changed lines and marks what differs word by word', () => {
    const left = '# Pricing\n\nThe list price is net of discounts.\nSame.\nTrials count.\n';
    const right = '# Pricing\n\nThe list price is before discounts.\nSame.\nPartners pay less.\nMore.\n';
    const { rows, equal } = differenceOf(left, right)!;
    expect(equal).toBe(false);
    expect(shown(rows)).toEqual([
      '  # Pricing',
      '  ',
      'The list price is [net of] discounts. | The list price is [before] discounts.',
      '  Same.',
      'Trials count. | Partners pay less.',
      '— | More.',
    ]);
  });

  it('marks whole words of any script', () => {
    const { rows } = differenceOf('Цена без скидки сейчас\n', 'Цена без скидок сейчас\n')!;
    expect(shown(rows)).toEqual(['Цена без [скидки] сейчас | Цена без [скидок] сейчас']);
  });

  it('folds equal lines that are far from any change', () => {
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at}`);
    const changed = [...lines.slice(0, 20), 'another', ...lines.slice(21)];
    const { rows } = differenceOf(lines.join('\n'), changed.join('\n'))!;
    expect(shown(rows)).toEqual([
      '… 17',
      ...['line 17', 'line 18', 'line 19'].map((line) => `  ${line}`),
      expect.stringMatching(/20.* \| another/),
      ...['line 21', 'line 22', 'line 23'].map((line) => `  ${line}`),
      '… 16',
    ]);
  });

  it('knows equal texts, and a side that was deleted', () => {
    expect(differenceOf('a\n', 'a\n')).toMatchObject({ equal: true, cut: false });
    expect(shown(differenceOf('a\nb\n', '')!.rows)).toEqual(['a | —', 'b | —']);
  });

  it('shows the first 500 changed lines of long texts', () => {
    const left = Array.from({ length: 5_000 }, (_, at) => `line ${at}`);
    const right = left.map((line, at) => (at % 5 ? line : `${line} more`));
    const { rows, cut } = differenceOf(left.join('\n'), right.join('\n'), 10_000)!;
    expect(cut).toBe(true);
    expect(rows.filter(({ kind }) => kind === 'changed')).toHaveLength(500);
  });
});
