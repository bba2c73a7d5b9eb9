import type { Blocker } from './commit-plan';
import { NAME_TAKEN, type Quarantined } from './findings';

/** The reason under which a path is quarantined that GitLab refuses. */
export const REFUSED_BY_GITLAB = 'refused_by_gitlab';

/**
 * Checks whether the text was refused and is sent again later. GitLab's rules refuse it, or its entry at a parent of
 * the path.
 */
export const isSentAgain = ({ side, reason, blob }: Quarantined): boolean =>
  side === 'local' && (reason === REFUSED_BY_GITLAB || (reason === NAME_TAKEN && blob !== null));

const ABOUT_MESSAGES = /^Commit message /i;
const ABOUT_AUTHORS = /^Author('s email)? '|^You cannot push commits for /i;

const RULES = 'the rule in Project → Settings → Repository';

/**
 * Returns the paths a refusal is about, in GitLab's sentence `said`: those it names, or all of a commit that was refused for its
 * message or author. Null if the sentence does not show which of several paths is meant.
 */
export function refusedPaths(said: string, paths: readonly string[]): readonly string[] | null {
  const named = paths.filter((path) => said.includes(path));
  if (named.length) return longestOf(named);
  if (paths.length === 1 || ABOUT_MESSAGES.test(said) || ABOUT_AUTHORS.test(said)) return paths;
  return null;
}

/** Returns the reason a refused path is held back for: GitLab's own words, and what ends it. */
export function refusal(said: string): Blocker {
  return { reason: REFUSED_BY_GITLAB, detail: `GitLab says “${said}”; ${whatToDo(said)}` };
}

function whatToDo(said: string): string {
  if (ABOUT_MESSAGES.test(said)) return `set messagePrefix in the project settings, or change ${RULES}`;
  if (ABOUT_AUTHORS.test(said)) return `set fallbackAuthor in the project settings, or change ${RULES}`;
  return `change the file, or ${RULES}; it is sent again by itself`;
}

/** A path that is part of a longer one was not meant. */
const longestOf = (named: readonly string[]) =>
  named.filter((path) => !named.some((other) => other !== path && other.includes(path)));
