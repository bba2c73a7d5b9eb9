import type { Blob } from '@app/kernel';

/** What both sides last agreed on for a path: the blob GitLab holds and the blob Dot holds (they differ by line endings). */
export interface BaseBlobs {
  /** `DIRECTORY` where a directory took the place of a file that Dot still has. */
  readonly gitlab: Blob | null;
  readonly dot: Blob | null;
}

/** Stands for the blob of a directory that bears a context file's name. */
export const DIRECTORY = 'directory';

/** Blob by path; a missing key means the file does not exist there. */
export type Snapshot = ReadonlyMap<string, Blob>;

/**
 * `take` GitLab's state into Dot, `send` Dot's state to GitLab, `agree` that both are equal already (only the base moves),
 * or `conflict`: both changed since the base, differently. Null is a deletion.
 */
export type Step =
  | { readonly kind: 'take'; readonly path: string; readonly gitlab: Blob | null; readonly dot: Blob | null }
  | { readonly kind: 'send'; readonly path: string; readonly gitlab: Blob | null; readonly dot: Blob | null }
  | { readonly kind: 'agree'; readonly path: string; readonly gitlab: Blob | null; readonly dot: Blob | null }
  | {
      readonly kind: 'conflict';
      readonly path: string;
      readonly gitlab: Blob | null;
      readonly dot: Blob | null;
    };

const NEVER_SEEN: BaseBlobs = { gitlab: null, dot: null };

/** Which side changed since both last agreed? One step at most; undefined where neither did. */
export function reconcilePath(
  path: string,
  base: BaseBlobs | undefined,
  dot: Blob | null,
  gitlab: Blob | null,
): Step | undefined {
  const agreed = base ?? NEVER_SEEN;
  const [dotChanged, gitlabChanged] = [dot !== agreed.dot, gitlab !== agreed.gitlab];
  if (!dotChanged && !gitlabChanged) return undefined;
  if (dot === gitlab) return { kind: 'agree', path, gitlab, dot };
  if (!dotChanged) return { kind: 'take', path, gitlab, dot };
  if (!gitlabChanged) return { kind: 'send', path, gitlab, dot };
  return { kind: 'conflict', path, gitlab, dot };
}

/** The three-way comparison of all paths, ordered by path. Pure: equal input gives an equal plan. */
export function planSync(base: ReadonlyMap<string, BaseBlobs>, dot: Snapshot, gitlab: Snapshot): Step[] {
  const paths = [...new Set([...base.keys(), ...dot.keys(), ...gitlab.keys()])].sort();
  return paths.flatMap(
    (path) => reconcilePath(path, base.get(path), dot.get(path) ?? null, gitlab.get(path) ?? null) ?? [],
  );
}
