import { createColors } from 'picocolors';
import { inert } from '@app/kernel';
import type { TreeFinding } from '@app/sync-engine/core';
import { countOf, type Report } from './report';

/** Writes the findings for people, by file. */
export function textReport(report: Report, colour: boolean): string {
  const { bold, red, yellow, green, dim } = createColors(colour);
  const { findings, paths, withoutGit } = report;
  const lines: string[] = [];
  let last: string | null = null;
  for (const finding of findings) {
    const { path, outcome, reason, detail } = finding;
    if (path !== last) lines.push(...(last === null ? [] : ['']), bold(inert(path)));
    last = path;
    const mark = outcome === 'kept_out' ? red('kept out') : yellow('warning ');
    lines.push(`  ${mark}  ${dim(placeOf(finding))}${reason}: ${inert(detail)}`);
  }
  if (last !== null) lines.push('');
  const [kept, warned] = [countOf(report, 'kept_out'), countOf(report, 'warning')];
  const summary = `${count(paths.length, 'file')} checked: ${kept} kept out, ${warned} with a warning`;
  lines.push((kept ? red : warned ? yellow : green)(summary));
  if (withoutGit !== null)
    lines.push(`Without git (${inert(withoutGit)}), so ignored files were checked as well.`);
  return `${lines.join('\n')}\n`;
}

const placeOf = ({ line, column }: TreeFinding): string =>
  line === undefined ? '' : `${line}${column === undefined ? '' : `:${column}`}  `;

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
