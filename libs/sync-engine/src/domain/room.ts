/** A file that needs room. */
export interface Needing {
  readonly size: number;
}

/** Room that is left for new files; negative if there is less than none. */
export interface Room {
  readonly bytes: number;
  readonly files: number;
}

/** Returns those of the files, in their order, that fit together. What is too large leaves its place to the next. */
export function fitting<T extends Needing>(room: Room, files: Iterable<T>): T[] {
  let { bytes, files: places } = room;
  const fit: T[] = [];
  for (const file of files) {
    if (places <= 0 || file.size > bytes) continue;
    fit.push(file);
    bytes -= file.size;
    places--;
  }
  return fit;
}
