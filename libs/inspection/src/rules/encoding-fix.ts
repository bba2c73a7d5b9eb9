/** Bytes that are read to recognise an encoding. */
const SAMPLE_BYTES = 4_096;
/** Share of NUL bytes in the positions that an encoding leaves empty in Latin text. */
const MOST = 0.7;

/**
 * Returns UTF-16 or UTF-32 if the bytes look like it: by their byte order mark, or by the NUL bytes of Latin text.
 */
export function wideEncodingOf(bytes: Buffer): 'UTF-16' | 'UTF-32' | null {
  const mark = bytes.subarray(0, 4).toString('hex');
  if (mark === 'fffe0000' || mark === '0000feff') return 'UTF-32';
  if (/^(?:fffe|feff)/.test(mark)) return 'UTF-16';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  const places = [0, 1, 2, 3].map((place) => shareOfNul(sample, place));
  const empty = places.filter((share) => share >= MOST).length;
  if (empty === 3) return 'UTF-32';
  const [even, odd] = [Math.min(places[0], places[2]), Math.min(places[1], places[3])];
  return empty === 2 && Math.max(even, odd) >= MOST ? 'UTF-16' : null;
}

/** Returns how to repair a text that is not valid UTF-8. */
export function encodingFix(bytes: Buffer): string {
  const wide = wideEncodingOf(bytes);
  if (wide) return `it is saved as ${wide}; save it as UTF-8`;
  if (looksBinary(bytes)) return 'it looks like a binary file; only texts are synced, so move it elsewhere';
  const { byte, line } = firstForeignByte(bytes);
  const name = `0x${byte.toString(16).toUpperCase()}`;
  return `byte ${name} in line ${line}, as in Windows-1252 (Latin-1) or another old encoding; save it as UTF-8`;
}

function shareOfNul(sample: Buffer, place: number): number {
  const group = sample.filter((_, index) => index % 4 === place);
  return group.length ? group.filter((byte) => byte === 0).length / group.length : 0;
}

/** Detects binary content: texts in any one-byte encoding use few control characters. */
function looksBinary(bytes: Buffer): boolean {
  return bytes
    .subarray(0, SAMPLE_BYTES)
    .some((byte) => byte < 0x20 && !/[\t\n\f\r\x1b]/.test(String.fromCharCode(byte)));
}

/** Decoding replaces the first byte that is not UTF-8 by U+FFFD; the text before it is equal in both. */
function firstForeignByte(bytes: Buffer): { byte: number; line: number } {
  const decoded = bytes.toString('utf8');
  for (let at = decoded.indexOf('\uFFFD'); at >= 0; at = decoded.indexOf('\uFFFD', at + 1)) {
    const before = decoded.slice(0, at);
    const offset = Buffer.byteLength(before);
    if (bytes.subarray(offset, offset + 3).toString('hex') === 'efbfbd') continue;
    return { byte: bytes[offset], line: before.split('\n').length };
  }
  return { byte: 0, line: 1 };
}
