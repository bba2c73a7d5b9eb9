import type { FileCheck } from '@app/kernel';
import { inspect, type Inspection } from '../rules/inspect';

export interface Task {
  readonly texts: readonly { readonly kind: FileCheck; readonly size: number }[];
  /** The bytes of all texts, one after the other. */
  readonly bytes: Uint8Array;
  /**
   * Holds one number: which text is being inspected, from 1. Shared memory stays readable after the worker has died.
   */
  readonly progress: Int32Array;
}

export interface Failed {
  readonly failed: string;
}

/** Returns after this time with the results so far, so that other orgs get their turn. */
const ENOUGH_MS = 250;

/** Runs in a worker thread, which may be killed at any moment. */
export function inspectTexts({ texts, bytes, progress }: Task): (Inspection | Failed | 'skipped')[] {
  const begun = performance.now();
  let end = 0;
  return texts.map(({ kind, size }, index) => {
    end += size;
    if (index && performance.now() - begun > ENOUGH_MS) return 'skipped';
    Atomics.store(progress, 0, index + 1);
    return attempt(kind, Buffer.from(bytes.buffer, bytes.byteOffset + end - size, size));
  });
}

/** Isolates a text on which the rules fail, so that the others are inspected. */
function attempt(kind: FileCheck, bytes: Buffer): Inspection | Failed {
  try {
    return inspect(kind, bytes);
  } catch (error) {
    // The message may quote the text.
    return { failed: error instanceof Error ? error.name : 'not an error' };
  }
}
