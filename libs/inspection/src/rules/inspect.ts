import { createHash } from 'node:crypto';
import type { FileCheck } from '@app/kernel';
import { problemWithText, type ContentProblem } from './content-check';
import { scanText, type Finding } from './secret-scanner';

/** The result of all rules for one text. */
export interface Inspection {
  readonly problem: ContentProblem | null;
  /** Each finding once, in the order of the text. */
  readonly findings: readonly Finding[];
}

/** A text may contain any number of secrets; the last finding stands for all further ones. */
export const MOST_FINDINGS = 100;

/** Inspects untrusted bytes. The worker that runs it limits its time and memory. */
export function inspect(kind: FileCheck, bytes: Buffer): Inspection {
  return { problem: problemWithText(kind, bytes), findings: bounded(distinct(scanText(bytes))) };
}

function distinct(found: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of found) if (!first.has(finding.digest)) first.set(finding.digest, finding);
  return [...first.values()];
}

function bounded(found: readonly Finding[]): readonly Finding[] {
  if (found.length <= MOST_FINDINGS) return found;
  const rest = found.slice(MOST_FINDINGS - 1);
  const digest = createHash('sha256')
    .update(rest.map((finding) => finding.digest).join())
    .digest('hex');
  return [...found.slice(0, MOST_FINDINGS - 1), { ...rest[0], digest }];
}
