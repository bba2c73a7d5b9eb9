import type { KeyObject } from 'node:crypto';

export interface WrappingKey {
  readonly id: string;
  /** AES-256. */
  readonly key: KeyObject;
}

/** The keys that wrap the data keys of stored secrets. Ids are 1 to 64 letters, digits, dashes or underscores. */
export abstract class KeySource {
  /** The key that wraps from now on. */
  abstract current(): WrappingKey;
  /** Current or former; null where the source does not have it. */
  abstract find(id: string): WrappingKey | null;
}
