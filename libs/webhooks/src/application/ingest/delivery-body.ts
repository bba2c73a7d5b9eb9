import type { Readable } from 'node:stream';

const MIB = 1024 * 1024;

/** GitLab's own limit for a payload. */
export const MAX_BYTES = 25 * MIB;

/** Pushes with long lists of files get larger; then "something changed" is all that is read from them. */
export const KEPT_BYTES = MIB;

/** GitLab itself gives up after ten seconds. */
const SLOWEST_BODY_MS = 30_000;

export interface DeliveryBody {
  /** Null where it was too long to keep, or broke off. */
  readonly bytes: Buffer | null;
  readonly ending: 'complete' | 'broken' | 'too_large';
}

/**
 * Reads to the end, showing `watch` each chunk, and keeps no more than a little of it. Of one that is too large the rest is thrown
 * away as it comes, so that senders that want to finish before they read the answer get to see it; one that is too slow is cut off.
 */
export function readBody(
  body: Readable,
  watch: (chunk: Buffer) => void,
  slowestMs = SLOWEST_BODY_MS,
): Promise<DeliveryBody> {
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let size = 0;
    const end = (ending: DeliveryBody['ending']) => {
      clearTimeout(deadline);
      body.off('data', take); // goes on flowing
      resolve({ bytes: ending === 'complete' && size <= KEPT_BYTES ? joined(kept) : null, ending });
    };
    const take = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MAX_BYTES) return end('too_large');
      watch(chunk);
      if (size <= KEPT_BYTES) kept.push(chunk);
      else kept.length = 0;
    };
    const deadline = setTimeout(() => body.destroy(), slowestMs);
    const broken = () => end('broken'); // the sender went away, or was too slow
    if (body.destroyed) return broken();
    body.on('data', take).on('end', () => end('complete'));
    body.on('error', broken).on('close', broken);
  });
}

/** Most come in one piece. */
function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}
