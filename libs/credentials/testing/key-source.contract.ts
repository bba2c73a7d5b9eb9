import { globalRunner, type ContractRunner } from '@app/kernel/testing';
import type { KeySource } from '../src/application/key-source.port';

/** A key source to check. */
export interface KeySourceSubject {
  readonly keys: KeySource;
  /** The id of a key that wrapped before the current one. */
  readonly former: string;
}

/** Describes what every source of wrapping keys must do. */
export function keySourceContract(
  makeKeys: () => KeySourceSubject,
  runner: ContractRunner = globalRunner(),
): void {
  const { describe, it, expect } = runner;

  describe('key source contract', () => {
    const { keys, former } = makeKeys();

    it('gives keys of 256 bits', () => {
      expect(keys.current().key.symmetricKeySize).toBe(32);
    });

    it('finds the current key by its id', () => {
      const { id, key } = keys.current();
      expect(keys.find(id)?.key.equals(key)).toBe(true);
    });

    it('finds a former key, another than the current one', () => {
      const found = keys.find(former);
      expect(found?.id).toBe(former);
      expect(found?.key.equals(keys.current().key)).toBe(false);
    });

    it('does not make up a key it does not have', () => {
      expect(keys.find('never-heard-of')).toBeNull();
    });

    it('has ids that fit into a sealed text', () => {
      expect(keys.current().id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    });
  });
}
