import { limitOf, nameOfRatio, rounded, type ComparisonResult, type ContenderResult } from './compare';
import type { Machine } from './machine';
import type { Page } from './results';

const WIDTH = 900;
const MARGIN = 24;
const NAMES = 300;
const FIGURES = 150;
const ROW = 24;
const BAR = 14;
const FONT = 'system-ui, sans-serif';
const COLOURS = { ours: '#fc6d26', other: '#8f8d9e', text: '#28272d', spread: '#28272d', paper: '#ffffff' };

/** Draws one group of bars for each comparison. The bars show medians, the thin lines show the spread. */
export function chartOf({ command, machine, comparisons }: Page): string {
  const parts: string[] = [];
  let y = MARGIN;
  for (const comparison of comparisons) {
    y += 20;
    parts.push(text(MARGIN, y, comparison.title, 15, 'bold'));
    const most = Math.max(...comparison.contenders.map((contender) => contender.most));
    for (const contender of comparison.contenders) {
      y += ROW;
      parts.push(barOf(contender, comparison, most, y));
    }
    y += ROW;
    parts.push(text(MARGIN, y, verdictOf(comparison), 12));
    y += ROW;
  }
  parts.push(text(MARGIN, y, `${command} · ${nameOf(machine)}`, 11));
  const height = y + MARGIN;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="${FONT}">\n` +
    `<rect width="${WIDTH}" height="${height}" fill="${COLOURS.paper}"/>\n${parts.join('\n')}\n</svg>\n`
  );
}

function barOf(
  contender: ContenderResult,
  { target, unit }: ComparisonResult,
  most: number,
  y: number,
): string {
  const room = WIDTH - 2 * MARGIN - NAMES - FIGURES;
  const [median, low, high] = [contender.median, contender.least, contender.most].map((value) =>
    Math.round((room * value) / most),
  );
  const left = MARGIN + NAMES;
  const middle = y - BAR / 2 + 2;
  const colour = contender.name === target.ours ? COLOURS.ours : COLOURS.other;
  return [
    text(MARGIN, y, contender.name, 13),
    `<rect x="${left}" y="${y - BAR + 2}" width="${Math.max(1, median)}" height="${BAR}" fill="${colour}"/>`,
    `<line x1="${left + low}" x2="${left + high}" y1="${middle}" y2="${middle}" stroke="${COLOURS.spread}"/>`,
    text(left + Math.max(median, high) + 8, y, `${rounded(contender.median)} ${unit}`, 12),
  ].join('');
}

function verdictOf({ target, ratio, met, stealPercent }: ComparisonResult): string {
  const verdict = met ? 'met' : 'missed';
  return `${nameOfRatio(target)}: ${rounded(ratio)}, ${limitOf(target)} (${verdict}); CPU steal ${stealPercent.toFixed(1)} %`;
}

function nameOf({ processor, cores, memoryGb, node, postgresql, git, load }: Machine): string {
  return `${processor}, ${cores} cores, ${memoryGb} GB · Node ${node} · PostgreSQL ${postgresql.split(' ')[0]} · git ${git} · load ${load}`;
}

function text(x: number, y: number, words: string, size: number, weight = 'normal'): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${COLOURS.text}">${escaped(words)}</text>`;
}

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
