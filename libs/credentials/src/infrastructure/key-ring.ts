import { createSecretKey, type KeyObject } from 'node:crypto';
import { KeySource, type WrappingKey } from '../application/key-source.port';

const KEY_BYTES = 32;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Reports an error in a key ring. Names the entry by its position, never by its content. */
export class KeyRingInvalid extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'KeyRingInvalid';
  }
}

/** Holds the keys given at start; the first wraps, all unwrap. */
export class KeyRing extends KeySource {
  private readonly keys: ReadonlyMap<string, KeyObject>;

  /** @throws KeyRingInvalid when empty */
  constructor(private readonly entries: readonly WrappingKey[]) {
    super();
    if (!entries.length) throw new KeyRingInvalid('there is no key');
    this.keys = new Map(entries.map(({ id, key }) => [id, key]));
  }

  current(): WrappingKey {
    return this.entries[0];
  }

  find(id: string): WrappingKey | null {
    const key = this.keys.get(id);
    return key ? { id, key } : null;
  }
}

/** Reads `id:base64-of-32-bytes,...`. @throws KeyRingInvalid */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.trim()
    ? text.split(',').map((entry, index) => parseEntry(entry.trim(), index + 1))
    : [];
  const repeated = entries.findIndex(
    ({ id }, index) => entries.findIndex((other) => other.id === id) < index,
  );
  if (repeated >= 0) throw new KeyRingInvalid(`entry ${repeated + 1} repeats the id of an earlier entry`);
  return new KeyRing(entries);
}

function parseEntry(entry: string, position: number): WrappingKey {
  const problem = (what: string) => new KeyRingInvalid(`entry ${position} ${what}`);
  const colon = entry.indexOf(':');
  if (colon < 0) throw problem('has no colon between id and key');
  const id = entry.slice(0, colon);
  const encoded = entry.slice(colon + 1);
  if (!ID.test(id)) throw problem('has an id that is not 1 to 64 letters, digits, dashes or underscores');
  if (!BASE64.test(encoded)) throw problem('has a key that is not base64');
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length !== KEY_BYTES) throw problem(`has a key of ${bytes.length} bytes instead of ${KEY_BYTES}`);
  return { id, key: createSecretKey(bytes) };
}
