import { setImmediate as otherWork } from 'node:timers/promises';
import { JsonScan, type JsonLimit, type JsonLimits, type RootArray, type Stretch } from './json-scan';

/** Bytes that are scanned or parsed before other requests get their turn. */
const STEP = 512 * 1024;
const BYTE_ORDER_MARK = Buffer.from('\uFEFF');

export interface ParseLimits extends JsonLimits {
  /** Bytes of one element of an array in the root object, or of everything outside these arrays. */
  readonly pieceBytes: number;
}

export type ParseLimit = JsonLimit | 'pieceBytes';

export class JsonLimitExceeded extends Error {
  constructor(readonly limit: ParseLimit) {
    super(`the JSON text exceeds its limit of ${limit}`);
  }
}

/**
 * Parses JSON whose size lies in the arrays of its root object. Parses one element at a time, so that a large text
 * does not block other requests. Checks all limits before it parses.
 * @throws JsonLimitExceeded, SyntaxError
 */
export async function parseJson(sent: Buffer, limits: ParseLimits, step = STEP): Promise<unknown> {
  const marked = sent.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  const bytes = marked ? sent.subarray(BYTE_ORDER_MARK.length) : sent;
  const scan = new JsonScan(bytes, limits);
  while (scan.advance(step)) await otherWork();
  if (scan.exceeded) throw new JsonLimitExceeded(scan.exceeded);
  const arrays = scan.rootArrays;
  const pieces = arrays.flatMap(({ elements }) => elements);
  const inside = arrays.reduce((sum, { start, end }) => sum + end - start, 0);
  const largest = pieces.reduce((most, [start, end]) => Math.max(most, end - start), bytes.length - inside);
  if (largest > limits.pieceBytes) throw new JsonLimitExceeded('pieceBytes');
  if (bytes.length <= step || !arrays.length) return JSON.parse(bytes.toString());

  const root = JSON.parse(outline(bytes, arrays)) as object;
  const parsed = await elementsOf(bytes, arrays, step);
  for (const value of Object.values(root) as unknown[]) {
    if (Array.isArray(value)) value.splice(0, 1, ...parsed[value[0] as number]);
  }
  return root;
}

/**
 * Returns the text with each array's elements replaced by the array's number. As in JSON, the last of repeated keys
 * counts.
 */
function outline(bytes: Buffer, arrays: readonly RootArray[]): string {
  let text = '';
  let from = 0;
  for (const [number, { start, end }] of arrays.entries()) {
    text += `${bytes.toString('utf8', from, start + 1)}${number}`;
    from = end - 1;
  }
  return text + bytes.toString('utf8', from);
}

async function elementsOf(bytes: Buffer, arrays: readonly RootArray[], step: number): Promise<unknown[][]> {
  const all: unknown[][] = [];
  let sinceOthers = 0;
  for (const { elements } of arrays) {
    const values: unknown[] = [];
    for (const [start, end] of isEmpty(bytes, elements) ? [] : elements) {
      sinceOthers += end - start;
      if (sinceOthers > step) {
        await otherWork();
        sinceOthers = end - start;
      }
      values.push(JSON.parse(bytes.toString('utf8', start, end)));
    }
    all.push(values);
  }
  return all;
}

/** Detects `[]`, which the scan records with one element. */
function isEmpty(bytes: Buffer, elements: readonly Stretch[]): boolean {
  if (elements.length !== 1) return false;
  const [[start, end]] = elements;
  return bytes.toString('utf8', start, end).trim() === '';
}
