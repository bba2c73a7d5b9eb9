import type { Blob } from '@app/kernel';

/** A version of one path, as far as a loop shows in it. */
export interface PathVersion {
  readonly blob: Blob | null;
  readonly at: Date;
  readonly fromGitLab: boolean;
}

/**
 * Number of recent versions that make a loop, if they alternate between the sides and between the same two contents.
 */
const VERSIONS = 8;
const WITHIN_MS = 60 * 60_000;

/**
 * Checks whether two programs keep undoing each other's work on a path, e.g. a formatter on GitLab and an agent in
 * Dot. `newest`: its versions, newest first. A third content, or an hour of quiet, ends the loop.
 */
export function isPingPong(newest: readonly PathVersion[], now: Date): boolean {
  const recent = newest.slice(0, VERSIONS);
  if (recent.length < VERSIONS || now.getTime() - recent[VERSIONS - 1].at.getTime() > WITHIN_MS) return false;
  return recent.every(
    ({ blob, fromGitLab }, i) =>
      blob === recent[i % 2].blob &&
      fromGitLab === recent[i % 2].fromGitLab &&
      recent[0].fromGitLab !== recent[1].fromGitLab,
  );
}

export const PING_PONG_VERSIONS = VERSIONS;
