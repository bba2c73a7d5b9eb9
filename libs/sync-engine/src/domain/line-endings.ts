/**
 * The bytes GitLab will hold after an API write: it turns CRLF into LF in what git takes for text (`core.autocrlf=input`,
 * docs/gitlab-api.md#effect-of-actions). Git's test for binary: a NUL, a lone CR, or too many unprintable bytes.
 */
export function asGitLabStores(bytes: Buffer): Buffer {
  if (!bytes.includes('\r\n') || looksBinary(bytes)) return bytes;
  const kept = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === CR && bytes[i + 1] === LF) continue;
    kept[length++] = bytes[i];
  }
  return kept.subarray(0, length);
}

const [NUL, BACKSPACE, TAB, LF, FORM_FEED, CR, ESCAPE, DELETE, CTRL_Z] = [0, 8, 9, 10, 12, 13, 27, 127, 26];
const PRINTABLE_CONTROLS = new Set([BACKSPACE, TAB, ESCAPE, FORM_FEED]);

/** `convert_is_binary` of git's convert.c. */
function looksBinary(bytes: Buffer): boolean {
  let [printable, unprintable] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === NUL) return true;
    if (byte === CR && bytes[i + 1] !== LF) return true;
    if (byte === CR || byte === LF) continue;
    if (byte === DELETE || (byte < 32 && !PRINTABLE_CONTROLS.has(byte))) unprintable++;
    else printable++;
  }
  if (bytes.at(-1) === CTRL_Z) unprintable--;
  return printable >> 7 < unprintable;
}
