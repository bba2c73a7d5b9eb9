const DEFAULT = 50;
const MOST = 200;

export function pageSize(limit = DEFAULT): number {
  return Math.min(Math.max(Math.trunc(limit), 1), MOST);
}
