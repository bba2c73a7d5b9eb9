import type { TextId } from './inspections.port';

/** A text that is to be inspected. */
export interface Pending extends TextId {
  readonly bytes: Buffer;
  /** Earlier inspections of it did not end, so nothing else may suffer from the next one. */
  readonly suspect: boolean;
  /** It exceeded the limits among others. */
  readonly single?: boolean;
}

/** Of one task: small enough to be done in a moment if the texts are ordinary. */
const MOST = { texts: 50, bytes: 256 * 1024 };

/** The texts of the next task: the first one if it has to be inspected without others, or the first ones that fit. */
export function nextBatch(left: readonly Pending[]): readonly Pending[] {
  let bytes = 0;
  const end = left.findIndex((text, index) => {
    bytes += text.bytes.byteLength;
    return index > 0 && (bytes > MOST.bytes || index >= MOST.texts || isSingle(left[0]) || isSingle(text));
  });
  return end === -1 ? left : left.slice(0, end);
}

const isSingle = ({ suspect, single }: Pending) => suspect || single;
