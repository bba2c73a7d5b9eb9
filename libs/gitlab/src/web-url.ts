/**
 * Returns the URL of a project's page, built from the instance's URL and the project's path. GitLab's own `web_url`
 * may contain anything, even `javascript:`.
 */
export function webUrlOf(instanceUrl: string, pathWithNamespace: string): string {
  const names = String(pathWithNamespace)
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .split('/')
    .filter((name) => !['', '.', '..'].includes(name));
  return [instanceUrl.replace(/\/+$/, ''), ...names.map(encodeURIComponent)].join('/');
}
