import type { Hook } from './hook.types';

/** A hook's filter of branches, in GitLab's terms. */
export interface BranchFilter {
  /** Blank for all branches. */
  readonly filter: string;
  readonly strategy: 'wildcard' | 'regex';
}

/**
 * Returns the filter for these branches, each of which may contain `*`. A wildcard knows only one, so several need a regular expression
 * (docs/gitlab-api.md#merge-request-webhooks).
 */
export function branchFilterFor(branches: readonly [string, ...string[]]): BranchFilter {
  const [first, ...more] = branches;
  if (!more.length) return { filter: first, strategy: 'wildcard' };
  return { filter: `^(${branches.map(expressionOf).join('|')})$`, strategy: 'regex' };
}

/**
 * Returns whether a hook delivers the pushes of these branches, and as few others as its server can filter. A server
 * that does not report the strategy knows only wildcards.
 */
export function filtersAsWanted(
  { branchFilter, branchFilterStrategy }: Pick<Hook, 'branchFilter' | 'branchFilterStrategy'>,
  branches: readonly [string, ...string[]],
): boolean {
  const wanted = branchFilterFor(branches);
  if (branchFilterStrategy === null && wanted.strategy === 'regex') return branchFilter === null;
  return branchFilter === wanted.filter && (branchFilterStrategy ?? 'wildcard') === wanted.strategy;
}

/** Compares a name with GitLab's pattern, in which `*` stands for any text. */
export function matchesWildcard(pattern: string, name: string): boolean {
  const [start, ...rest] = pattern.split('*');
  if (!rest.length) return name === pattern;
  const end = rest.pop()!;
  if (name.length < start.length + end.length || !name.startsWith(start) || !name.endsWith(end)) return false;
  let at = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - end.length;
}

const expressionOf = (pattern: string): string =>
  pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
