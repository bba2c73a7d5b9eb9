/**
 * Returns the page of a project: the instance's URL, with its base path if it has one, and the project's path. GitLab's own
 * `web_url` may hold anything, `javascript:` included.
 */
export function webUrlOf(instanceUrl: string, pathWithNamespace: string): string {
  const names = String(pathWithNamespace)
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .split('/')
    .filter((name) => !['', '.', '..'].includes(name));
  return [instanceUrl.replace(/\/+$/, ''), ...names.map(encodeURIComponent)].join('/');
}
