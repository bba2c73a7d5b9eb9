/**
 * Returns the results of all promises. Waits for all even if one fails, so that none still uses a transaction that
 * has ended.
 * @throws the first error in the order of the promises
 */
export async function allSettledOrThrow<Parts extends readonly unknown[]>(
  ...parts: Parts
): Promise<{ -readonly [Part in keyof Parts]: Awaited<Parts[Part]> }> {
  const settled = await Promise.allSettled(parts);
  const answers = settled.map((part) => {
    if (part.status === 'rejected') throw part.reason;
    return part.value;
  });
  return answers as { -readonly [Part in keyof Parts]: Awaited<Parts[Part]> };
}
