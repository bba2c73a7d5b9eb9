import type { Fault } from '@app/fake-gitlab';
import type { Point } from '../machine/stage';
import type { Delivery } from '../machine/signals';
import type { Random } from '../random';

/** Probabilities of failures, drawn once for each history, so that some are calm and some are rough. */
export interface Weather {
  /** The process dies, at each point. */
  readonly crash: number;
  /** The process stops for a while at each point, and time passes. */
  readonly pause: number;
  /** For each call to GitLab. */
  readonly fault: number;
  /** For each signal: lost, twice or late. */
  readonly signal: number;
  /** Between two points: time goes on while processes are at work. */
  readonly time: number;
}

export const CALM: Weather = { crash: 0, pause: 0, fault: 0, signal: 0, time: 0 };

export function drawWeather(random: Random): Weather {
  const one = (rough: number) => random.pick([0, rough / 4, rough]);
  return { crash: one(0.02), pause: one(0.02), fault: one(0.2), signal: one(0.6), time: one(0.04) };
}

export function drawDelivery(random: Random, { signal }: Weather): Delivery {
  return random.chance(signal) ? random.pick(['lost', 'twice', 'late'] as const) : 'prompt';
}

/** Transactions are many and calls are few, and around the one call that writes most can go wrong. */
export function roughness({ kind, what }: Point): number {
  if (what === 'commit') return 6;
  if (isOfRequest(what)) return 4;
  return kind === 'call' || kind === 'answer' ? 2 : 1;
}

/** Checks whether the call writes a merge request. */
const isOfRequest = (operation: string): boolean => /^(create|update|close)MergeRequest$/.test(operation);

const READ_FAULTS: readonly Fault[] = [
  { kind: 'rate-limit', style: 'rack-attack', retryAfterSeconds: 30 },
  { kind: 'rate-limit', style: 'application' },
  { kind: 'server-error', status: 500, body: 'json' },
  { kind: 'server-error', status: 502, body: 'html' },
  { kind: 'server-error', status: 503, body: 'json', retryAfterSeconds: 10 },
  { kind: 'server-error', status: 504, body: 'html', late: true },
  { kind: 'reset' },
  { kind: 'truncated' },
];

const WRITE_FAULTS: readonly Fault[] = [
  ...READ_FAULTS,
  { kind: 'server-error', status: 500, body: 'json', late: true },
  { kind: 'answer-lost' },
  { kind: 'answer-lost' },
  { kind: 'lost-race' },
  { kind: 'maintenance' },
];

/** A merge request has no race that GitLab refuses like that of a commit. */
const REQUEST_FAULTS = WRITE_FAULTS.filter(({ kind }) => kind !== 'lost-race');

export function drawFault(random: Random, operation: string): Fault {
  // A comparison is the one answer that can lose a part and not show it.
  if (random.chance(operation === 'changesSince' ? 0.6 : 0.2))
    return { kind: 'loses-part', part: random.int(0, 1_000) };
  if (operation === 'commit') return random.pick(WRITE_FAULTS);
  return random.pick(isOfRequest(operation) ? REQUEST_FAULTS : READ_FAULTS);
}
