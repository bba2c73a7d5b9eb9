import type { FileCheck } from '@app/kernel';
import type { Inspection } from '../rules/inspect';

export interface Text {
  readonly kind: FileCheck;
  readonly bytes: Buffer;
}

/** `exceeded` means that the text exceeded the limits, `skipped` that it was not inspected in this task. */
export type Outcome = Inspection | 'exceeded' | 'skipped';

/** Inspects untrusted texts within limits of time and memory. */
export abstract class FileInspector {
  /**
   * Returns one outcome per text, in their order; at least one is not `skipped`. A text without others has more time
   * than one of many.
   * @throws Error if no text could be inspected, whatever the texts are
   */
  abstract inspect(texts: readonly Text[]): Promise<readonly Outcome[]>;
}
