import type { Inspection } from '../rules/inspect';

export const EXCEEDED: Inspection = {
  problem: {
    reason: 'too_complex',
    detail:
      'inspecting it takes more time or memory than a file may; simplify it or split it into smaller files',
  },
  findings: [],
};
