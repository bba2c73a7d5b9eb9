import { createHash } from 'node:crypto';
import { credentialsIn } from './credentials';
import { hiddenTextIn } from './hidden-text';

/** Something in a text that should not leave for GitLab unseen. */
export interface Finding {
  readonly reason: 'credential' | 'hidden_control';
  /** What it looks like, e.g. `a GitLab token`. */
  readonly rule: string;
  /** From 1. */
  readonly line: number;
  /** Identifies what was found without revealing it, whatever the file. */
  readonly digest: string;
}

const REASONS: readonly string[] = ['credential', 'hidden_control'] satisfies Finding['reason'][];

/** Whether a file is held back for something in its text, and so may be released by a person. */
export const isFindingReason = (reason: string): boolean => REASONS.includes(reason);

/** In the order of the text; each distinct finding once. */
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

/** The line of each position, which ascend; the text is read once. */
function linesAt(text: string, positions: readonly number[]): number[] {
  let [line, newline] = [1, text.indexOf('\n')];
  return positions.map((position) => {
    for (; newline !== -1 && newline < position; newline = text.indexOf('\n', newline + 1)) line++;
    return line;
  });
}
