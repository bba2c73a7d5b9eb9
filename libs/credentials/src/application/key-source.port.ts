import type { KeyObject } from 'node:crypto';

/** A key that encrypts the keys of stored secrets. */
export interface WrappingKey {
  readonly id: string;
  /** AES-256. */
  readonly key: KeyObject;
}

/**
 * Provides the keys that wrap the data keys of stored secrets. Ids are 1 to 64 letters, digits, dashes or
 * underscores.
 */
export abstract class KeySource {
  /** Returns the key that wraps new secrets. */
  abstract current(): WrappingKey;
  /** Returns a current or former key; null if the source does not have it. */
  abstract find(id: string): WrappingKey | null;
}
