import { createHash } from 'node:crypto';
import { credentialsIn } from './credentials';
import { hiddenTextIn } from './hidden-text';

/** A part of a text that should not leave for GitLab unnoticed. */
export interface Finding {
  readonly reason: 'credential' | 'hidden_control';
  /** Kind of the finding, e.g. `a GitLab token`. */
  readonly rule: string;
  /** Counted from 1. */
  readonly line: number;
  /** Identifies the finding without revealing it, independently of the file. */
  readonly digest: string;
}

const REASONS: readonly string[] = ['credential', 'hidden_control'] satisfies Finding['reason'][];

/** Checks whether the reason is a finding, which a person may release. */
export const isFindingReason = (reason: string): boolean => REASONS.includes(reason);

/** Returns findings in the order of the text, each distinct one once. */
export function scanText(content: Buffer): Finding[] {
  const text = content.toString();
  const found = [...credentialsIn(text), ...hiddenTextIn(text)].sort((one, other) => one.index - other.index);
  const lines = linesAt(
    text,
    found.map(({ index }) => index),
  );
  return found.map(({ reason, rule, text: match }, i) => ({
    reason,
    rule,
    line: lines[i],
    digest: createHash('sha256').update(`${rule}\0${match}`).digest('hex'),
  }));
}

/** Returns the line of each position. Positions ascend; the text is read once. */
function linesAt(text: string, positions: readonly number[]): number[] {
  let [line, newline] = [1, text.indexOf('\n')];
  return positions.map((position) => {
    for (; newline !== -1 && newline < position; newline = text.indexOf('\n', newline + 1)) line++;
    return line;
  });
}
