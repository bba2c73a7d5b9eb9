import { diffArrays } from 'diff/lib/diff/array.js';
import { anchorsOf } from './anchors';

/** A part of a line; `marked` if the other side's line differs there. */
export interface Part {
  readonly text: string;
  readonly marked: boolean;
}

/** A row with the lines of both sides; null if only one side has the line. */
export type DiffRow =
  | { readonly kind: 'same'; readonly text: string }
  | {
      readonly kind: 'changed';
      readonly left: readonly Part[] | null;
      readonly right: readonly Part[] | null;
    }
  | { readonly kind: 'fold'; readonly lines: number };

type LineRow =
  | { readonly kind: 'same'; readonly text: string }
  | { readonly kind: 'changed'; readonly left?: string; readonly right?: string };

export interface Difference {
  readonly rows: readonly DiffRow[];
  /** The texts have more changes than are shown. */
  readonly cut: boolean;
  readonly equal: boolean;
}

const LONG = 2_000;
const MOST_CHANGED = 500;
const CONTEXT = 3;
/** Time limit of the line comparison. */
const PATIENCE_MS = 150;
/** A word of any script, a space, or a single other sign. */
const WORDS = /[\p{L}\p{M}\p{N}_]+|\s+|./gu;
/** Longest line in which words are marked; people cannot read longer ones. */
const LONGEST_LINE = 400;

/** Compares two texts line by line. Returns null if they have too little in common to compare in reasonable time. */
export function differenceOf(left: string, right: string, patienceMs = PATIENCE_MS): Difference | null {
  const [before, after] = [linesOf(left), linesOf(right)];
  const lines = rowsOf(before, after, patienceMs);
  if (!lines) return null;
  const equal = lines.every(({ kind }) => kind === 'same');
  const isLong = before.length > LONG || after.length > LONG;
  const kept = isLong ? firstChanged(lines, MOST_CHANGED) : lines;
  return { rows: folded(kept.map(marked)), cut: kept.length < lines.length, equal };
}

function rowsOf(left: readonly string[], right: readonly string[], patienceMs: number): LineRow[] | null {
  const rows: LineRow[] = [];
  const end = Date.now() + patienceMs;
  let [from, to] = [0, 0];
  for (const [at, other] of [...anchorsOf(left, right), [left.length, right.length]]) {
    const between = compare(left.slice(from, at), right.slice(to, other), end - Date.now());
    if (!between) return null;
    rows.push(...between);
    if (at < left.length) rows.push({ kind: 'same', text: left[at] });
    [from, to] = [at + 1, other + 1];
  }
  return rows;
}

function compare(left: readonly string[], right: readonly string[], timeout: number): LineRow[] | null {
  if (!left.length || !right.length) return pairs(left, right);
  if (left.length + right.length === 2 && left[0] !== right[0]) return pairs(left, right);
  if (timeout <= 0) return null;
  const blocks = diffArrays([...left], [...right], { timeout });
  if (!blocks) return null;
  const rows: LineRow[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const { value, added, removed } = blocks[at];
    if (!added && !removed) rows.push(...value.map((text) => ({ kind: 'same', text }) as const));
    else if (removed && blocks[at + 1]?.added) rows.push(...pairs(value, blocks[++at].value));
    else if (removed) rows.push(...pairs(value, []));
    else rows.push(...pairs([], value));
  }
  return rows;
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}

const wordsOf = (line: string): string[] => line.match(WORDS) ?? [];

function pairs(left: readonly string[], right: readonly string[]): LineRow[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => ({
    kind: 'changed',
    left: left[at],
    right: right[at],
  }));
}

/** Marks the differing words of two corresponding lines. */
function marked(row: LineRow): DiffRow {
  if (row.kind === 'same') return row;
  const { left, right } = row;
  const whole = (text: string | undefined) => (text === undefined ? null : [{ text, marked: false }]);
  if (left === undefined || right === undefined || left.length + right.length > LONGEST_LINE)
    return { kind: 'changed', left: whole(left), right: whole(right) };
  const parts = diffArrays(wordsOf(left), wordsOf(right)).map(({ value, added, removed }) => ({
    ...{ added, removed },
    text: value.join(''),
  }));
  const common = parts.reduce(
    (sum, { added, removed, text }) => sum + (added || removed ? 0 : text.trim().length),
    0,
  );
  // Two lines that share very little are easier to read without marks.
  if (common * 4 < Math.min(left.length, right.length))
    return { kind: 'changed', left: whole(left), right: whole(right) };
  const side = (skip: 'added' | 'removed') =>
    joined(
      parts
        .filter((part) => !part[skip])
        .map(({ text, added, removed }) => ({ text, marked: added || removed })),
    );
  return { kind: 'changed', left: side('added'), right: side('removed') };
}

/** Marks consecutive changed words as one, without the space around them. */
function joined(parts: readonly Part[]): Part[] {
  const text = parts.map((part) => (part.marked ? `\u0001${part.text}\u0002` : part.text)).join('');
  return text
    .replace(/\u0002(\s*)\u0001/g, '$1')
    .replace(/\u0001(\s+)/g, '$1\u0001')
    .replace(/(\s+)\u0002/g, '\u0002$1')
    .split(/(\u0001[^\u0002]*\u0002)/)
    .filter((piece) => piece !== '' && piece !== '\u0001\u0002')
    .map((piece) => ({ text: piece.replace(/[\u0001\u0002]/g, ''), marked: piece.startsWith('\u0001') }));
}

function firstChanged(rows: readonly LineRow[], most: number): readonly LineRow[] {
  let changed = 0;
  const end = rows.findIndex(({ kind }) => kind === 'changed' && ++changed > most);
  return end < 0 ? rows : rows.slice(0, end);
}

/** Folds long runs of equal lines, except for a few lines around each change. */
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
    if (lines > CONTEXT) {
      shown.push({ kind: 'fold', lines });
      at = end - 1;
    } else {
      shown.push(...rows.slice(at, Math.max(end, at + 1)));
      at = Math.max(end, at + 1) - 1;
    }
  }
  return shown;
}
