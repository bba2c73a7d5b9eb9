/** A file that needs room. */
export interface Sized {
  readonly size: number;
}

/** Room that is left for new files; negative if there is less than none. */
export interface RemainingQuota {
  readonly bytes: number;
  readonly files: number;
}

/** Returns the files that fit together, in their order. Skips a file that is too large. */
export function withinQuota<T extends Sized>(room: RemainingQuota, files: Iterable<T>): T[] {
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
