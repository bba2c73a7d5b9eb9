const [NUL, BACKSPACE, TAB, LF, FORM_FEED, CR, CTRL_Z, ESCAPE, SPACE, DEL] = [
  0, 8, 9, 10, 12, 13, 26, 27, 32, 127,
];
const PRINTABLE_CONTROLS = new Set([BACKSPACE, TAB, FORM_FEED, ESCAPE]);

/**
 * What a blob written through GitLab's API becomes: GitLab writes with git's `core.autocrlf=input`, so CRLF turns into LF
 * unless git takes the content for binary (docs/gitlab-api.md#effect-of-actions). A git push changes nothing.
 */
export function normaliseLineEndings(bytes: Buffer): Buffer {
  if (!bytes.includes('\r\n') || isBinaryForCrlf(bytes)) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Git's other heuristic, the one of diffs: a NUL among the first 8,000 bytes. */
export function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8000).includes(NUL);
}

/** The heuristic of git's convert.c: a NUL, a CR without LF, or one control character in 128 makes content binary. */
function isBinaryForCrlf(bytes: Buffer): boolean {
  let printable = 0;
  let control = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index];
    if (byte === NUL) return true;
    if (byte === CR && bytes[index + 1] !== LF) return true;
    if (byte === CR) index++;
    else if (byte === LF) continue;
    else if (byte >= SPACE ? byte !== DEL : PRINTABLE_CONTROLS.has(byte)) printable++;
    else control++;
  }
  if (bytes[bytes.length - 1] === CTRL_Z) control--;
  return printable >> 7 < control;
}
