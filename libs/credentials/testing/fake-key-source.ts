import { generateKeySync } from 'node:crypto';
import { KeySource, type WrappingKey } from '../src/application/key-source.port';

/** A key service that makes up its keys, rotates and forgets them on request. */
export class FakeKeySource extends KeySource {
  private readonly keys: WrappingKey[] = [];
  private made = 0;

  constructor() {
    super();
    this.rotate();
  }

  current(): WrappingKey {
    return this.keys[0];
  }

  find(id: string): WrappingKey | null {
    return this.keys.find((key) => key.id === id) ?? null;
  }

  /** A new key wraps from now on; the former ones still unwrap. */
  rotate(): WrappingKey {
    this.keys.unshift({ id: `key-${++this.made}`, key: generateKeySync('aes', { length: 256 }) });
    return this.current();
  }

  /** @returns the way to bring it back */
  forget(id: string): () => void {
    const index = this.keys.findIndex((key) => key.id === id);
    const gone = index < 0 ? [] : this.keys.splice(index, 1);
    return () => void this.keys.push(...gone);
  }
}
