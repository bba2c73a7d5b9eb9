import type { Inspection } from '../rules/inspect';

/** Attempts without a result after which a text is not inspected again. Each time it ended the process. */
export const MOST_ATTEMPTS = 2;

export const EXCEEDED = tooComplex(
  'inspecting it takes more time or memory than a file may; simplify it or split it into smaller files',
);

export const ENDED_THE_PROCESS = tooComplex(
  `the service ended ${MOST_ATTEMPTS} times while it inspected this text; simplify it or split it into smaller files`,
);

function tooComplex(detail: string): Inspection {
  return { problem: { reason: 'too_complex', detail }, findings: [] };
}
