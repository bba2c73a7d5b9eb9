/**
 * Returns lines that occur exactly once on each side, in the longest order both share (as in a patience diff).
 * They cut a long comparison, whose time grows with the square of its length, into short ones.
 */
export function anchorsOf(left: readonly string[], right: readonly string[]): [number, number][] {
  const others = once(right);
  const common = [...once(left)].flatMap(([line, at]): [number, number][] => {
    const other = others.get(line);
    return other === undefined ? [] : [[at, other]];
  });
  const ends: number[] = [];
  const previous: number[] = [];
  common.forEach(([, other], index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (common[ends[middle]][1] < other) low = middle + 1;
      else high = middle;
    }
    previous[index] = low ? ends[low - 1] : -1;
    ends[low] = index;
  });
  const chain: [number, number][] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index]) chain.push(common[index]);
  return chain.reverse();
}

/** Returns the position of each line that occurs only once, in order. */
function once(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return new Map(lines.flatMap((line, at) => (counts.get(line) === 1 ? [[line, at]] : [])));
}
