/**
 * What each of them answers. Waits for all also where one fails, so that none of them is still at work in a transaction that is
 * over. @throws what the first of them in order throws
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
