import { problemWithLine } from '@app/inspection/core';
import type { Blocker, Wanted } from '../../domain/commit-plan';

/** Finding that no person may release: the file needs another name. */
export const NAME_HELD = 'path_not_allowed';

/** Returns the paths that GitLab does not have yet and whose name must not leave. */
export function heldNames(
  wanted: readonly Pick<Wanted, 'path' | 'content'>[],
  known: ReadonlyMap<string, { readonly remote: string | null }>,
): [string, Blocker][] {
  return wanted.flatMap(({ path, content }): [string, Blocker][] => {
    const isNew = content !== null && (known.get(path)?.remote ?? null) === null;
    const problem = isNew ? problemWithLine(path) : null;
    return problem ? [[path, { reason: NAME_HELD, detail: `its name ${problem}; rename the file` }]] : [];
  });
}
