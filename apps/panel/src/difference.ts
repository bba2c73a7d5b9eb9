import { diffLines, diffWordsWithSpace } from 'diff';

/** A part of a line; `marked` if the other side's line has something else there. */
export interface Part {
  readonly text: string;
  readonly marked: boolean;
}

/** A line of each side beside the other; null if only one side has it. */
export type DiffRow =
  | { readonly kind: 'same'; readonly text: string }
  | {
      readonly kind: 'changed';
      readonly left: readonly Part[] | null;
      readonly right: readonly Part[] | null;
    }
  | { readonly kind: 'fold'; readonly lines: number };

export interface Difference {
  readonly rows: readonly DiffRow[];
  /** More was changed than is shown. */
  readonly cut: boolean;
  readonly equal: boolean;
}

const LONG = 2_000;
const MOST_CHANGED = 500;
const CONTEXT = 3;
/** The comparison of lines gives up after this long. */
const PATIENCE_MS = 150;
/** Marks words only in lines that people can read. */
const LONGEST_LINE = 400;

/** Compares two texts line by line. Returns null if they have too little in common to compare in reasonable time. */
export function differenceOf(left: string, right: string): Difference | null {
  const blocks = diffLines(left, right, { timeout: PATIENCE_MS });
  if (!blocks) return null;
  const rows: DiffRow[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    const lines = linesOf(block.value);
    if (!block.added && !block.removed) rows.push(...lines.map((text) => ({ kind: 'same', text }) as const));
    else if (block.removed && blocks[at + 1]?.added) rows.push(...pairs(lines, linesOf(blocks[++at].value)));
    else if (block.removed) rows.push(...pairs(lines, []));
    else rows.push(...pairs([], lines));
  }
  const equal = rows.every(({ kind }) => kind === 'same');
  const isLong = linesOf(left).length > LONG || linesOf(right).length > LONG;
  const kept = isLong ? firstChanged(rows, MOST_CHANGED) : rows;
  return { rows: folded(kept), cut: kept.length < rows.length, equal };
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}

function pairs(left: readonly string[], right: readonly string[]): DiffRow[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => pair(left[at], right[at]));
}

function pair(left: string | undefined, right: string | undefined): DiffRow {
  const whole = (text: string | undefined) => (text === undefined ? null : [{ text, marked: false }]);
  if (left === undefined || right === undefined || left.length + right.length > LONGEST_LINE)
    return { kind: 'changed', left: whole(left), right: whole(right) };
  const parts = diffWordsWithSpace(left, right);
  const common = parts.reduce(
    (sum, { added, removed, value }) => sum + (added || removed ? 0 : value.trim().length),
    0,
  );
  // Two lines that share next to nothing are easier to read without marks.
  if (common * 4 < Math.min(left.length, right.length))
    return { kind: 'changed', left: whole(left), right: whole(right) };
  const side = (skip: 'added' | 'removed') =>
    parts
      .filter((part) => !part[skip])
      .map(({ value, added, removed }) => ({ text: value, marked: added || removed }));
  return { kind: 'changed', left: side('added'), right: side('removed') };
}

function firstChanged(rows: readonly DiffRow[], most: number): readonly DiffRow[] {
  let changed = 0;
  const end = rows.findIndex(({ kind }) => kind === 'changed' && ++changed > most);
  return end < 0 ? rows : rows.slice(0, end);
}

/** Long runs of equal lines, but for a few around each change. */
function folded(rows: readonly DiffRow[]): DiffRow[] {
  const near = new Uint8Array(rows.length);
  rows.forEach(({ kind }, at) => {
    if (kind === 'changed') near.fill(1, Math.max(0, at - CONTEXT), at + CONTEXT + 1);
  });
  const shown: DiffRow[] = [];
  for (let at = 0; at < rows.length; at++) {
    let end = at;
    while (end < rows.length && !near[end]) end++;
    const lines = end - at;
    if (lines > 1) {
      shown.push({ kind: 'fold', lines });
      at = end - 1;
    } else shown.push(rows[at]);
  }
  return shown;
}
