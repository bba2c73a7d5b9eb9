import type { TextId } from './inspections.port';

/** A text that waits for its inspection. */
export interface Pending extends TextId {
  readonly bytes: Buffer;
  /** True if earlier inspections of it did not end. It is then inspected without other texts, to protect them. */
  readonly suspect: boolean;
  /** True if it exceeded the limits among others. */
  readonly single?: boolean;
}

/**
 * Limits one task so that it ends quickly with ordinary texts. Tasks of 1 MiB let a first pull of 50,000 files take 45 MB more at its peak.
 */
const MOST = { texts: 200, bytes: 256 * 1024 };

/**
 * Returns the texts of the next task: only the first if it must be inspected without others, else the first that fit.
 */
export function nextBatch(left: readonly Pending[]): readonly Pending[] {
  let bytes = 0;
  const end = left.findIndex((text, index) => {
    bytes += text.bytes.byteLength;
    return index > 0 && (bytes > MOST.bytes || index >= MOST.texts || isSingle(left[0]) || isSingle(text));
  });
  return end === -1 ? left : left.slice(0, end);
}

const isSingle = ({ suspect, single }: Pending) => suspect || single;
