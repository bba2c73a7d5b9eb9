import { CONNECTION_FAULTS } from './faults/connection';
import type { Faults, FaultWords } from './faults/fault-words';
import { PROJECT_FAULTS } from './faults/project';
import { justNow, REQUEST_FAULTS } from './faults/request';
import { SYNC_FAULTS } from './faults/sync';

/** Copy by error code: the page adds it to the API's sentence (`detail`). */
export const FAULTS: Faults = { ...CONNECTION_FAULTS, ...PROJECT_FAULTS, ...SYNC_FAULTS, ...REQUEST_FAULTS };

const UNKNOWN: FaultWords = { ...justNow, stop: 'banner', stops: 'both', actions: ['pull'] };

export function faultWords(code: string): FaultWords {
  return Object.hasOwn(FAULTS, code) ? FAULTS[code] : UNKNOWN;
}
