import type { KeySource } from '@app/credentials';

interface Subject {
  readonly keys: KeySource;
  /** The id of a key that wrapped before the current one. */
  readonly former: string;
}

/** What every source of wrapping keys must do. */
export function describeKeySourceContract(name: string, arrange: () => Subject): void {
  describe(`Key source contract: ${name}`, () => {
    const { keys, former } = arrange();

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
