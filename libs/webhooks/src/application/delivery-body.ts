const MIB = 1024 * 1024;

/** GitLab's own limit for a payload. */
export const MAX_BYTES = 25 * MIB;

/** Pushes with long lists of files get larger; then "something changed" is all that is read from them. */
const KEPT_BYTES = MIB;

export interface DeliveryBody {
  /** Null where it was too long to keep, or broke off. */
  readonly bytes: Buffer | null;
  readonly ending: 'complete' | 'broken' | 'too_large';
}

/** Reads to the end, showing `watch` each chunk, and keeps no more than a little of it. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  watch: (chunk: Uint8Array) => void,
): Promise<DeliveryBody> {
  const kept: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks) {
      size += chunk.byteLength;
      if (size > MAX_BYTES) return { bytes: null, ending: 'too_large' };
      watch(chunk);
      if (size <= KEPT_BYTES) kept.push(chunk);
      else kept.length = 0;
    }
  } catch {
    return { bytes: null, ending: 'broken' }; // the sender went away, or was too slow
  }
  return { bytes: size <= KEPT_BYTES ? Buffer.concat(kept) : null, ending: 'complete' };
}
