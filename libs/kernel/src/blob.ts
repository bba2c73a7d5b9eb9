import { createHash } from 'node:crypto';

/** Git's blob id of some bytes, 40 hex digits. Both sides identify content by it. */
export type Blob = string;

export function blobOf(bytes: Uint8Array): Blob {
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
}
