/**
 * Names in a tree are bytes, here as text: each byte that is no UTF-8 is a lone surrogate, from U+DC80 for 0x80 on, as Python
 * does it.
 */
export function nameFrom(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  if (Buffer.from(text).equals(bytes)) return text;
  return [...bytes.toString('latin1')]
    .map((character) =>
      character < '\x80' ? character : String.fromCharCode(0xdc00 + character.charCodeAt(0)),
    )
    .join('');
}

const ESCAPED = /\p{Surrogate}/gu;

export function bytesOf(name: string): Buffer {
  if (name.search(ESCAPED) < 0) return Buffer.from(name);
  return Buffer.concat(
    [...name].map((character) =>
      /^\p{Surrogate}$/u.test(character)
        ? Buffer.from([character.charCodeAt(0) & 0xff])
        : Buffer.from(character),
    ),
  );
}

/** What GitLab's JSON shows of a name: bytes that are no UTF-8 are dropped. */
export function shownAs(name: string): string {
  return name.replace(ESCAPED, '');
}
