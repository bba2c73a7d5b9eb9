import { ancestors } from './commit-plan';

/** Checks whether no path of one side is also on the other side, or above or below one there. */
export function independent(some: Iterable<string>, others: Iterable<string>): boolean {
  const [one, other] = [new Set(some), new Set(others)];
  return liesOutside(one, other) && liesOutside(other, one);
}

function liesOutside(paths: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...paths].every((path) => ![path, ...ancestors(path)].some((each) => others.has(each)));
}
