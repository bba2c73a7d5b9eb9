import type { FileKind } from '../rules/file-kind';
import { inspect, type Inspection } from '../rules/inspect';

export interface Task {
  readonly texts: readonly { readonly kind: FileKind; readonly size: number }[];
  /** The bytes of all texts, one after the other. */
  readonly bytes: Uint8Array;
  /** Its only number says which text is being inspected, from 1. The memory is shared: it is read when the worker is dead, too. */
  readonly progress: Int32Array;
}

export interface Failed {
  readonly failed: string;
}

/** Returns early with what is done, so that other orgs have their turn. */
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

/** A text that the rules stumble over must not stop the others. */
function attempt(kind: FileKind, bytes: Buffer): Inspection | Failed {
  try {
    return inspect(kind, bytes);
  } catch (error) {
    // The message may quote the text.
    return { failed: error instanceof Error ? error.name : 'not an error' };
  }
}
