import type { Readable } from 'node:stream';

const MIB = 1024 * 1024;

/** GitLab's own limit for a payload. */
export const MAX_BYTES = 25 * MIB;

/** Limit of the bytes kept. Larger pushes, with long lists of files, only count as "something changed". */
export const KEPT_BYTES = MIB;

/** Time limit for a body. GitLab itself gives up after ten seconds. */
const SLOWEST_BODY_MS = 30_000;

export interface DeliveryBody {
  /** Null if the body was too long to keep, or was interrupted. */
  readonly bytes: Buffer | null;
  readonly ending: 'complete' | 'broken' | 'too_large';
}

/**
 * Reads the body to its end, passes each chunk to `watch` and keeps at most `KEPT_BYTES`. Discards the rest of a body
 * that is too large, so that the sender can finish and read the response. Closes a connection that is too slow.
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
      body.off('data', take); // the stream keeps flowing
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
    const broken = () => end('broken'); // the sender disconnected or was too slow
    if (body.destroyed) return broken();
    body.on('data', take).on('end', () => end('complete'));
    body.on('error', broken).on('close', broken);
  });
}

/** Joins the chunks; most bodies have only one. */
function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
}
