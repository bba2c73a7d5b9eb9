import type { Route } from './route';
import { branchRoutes } from './routes/branches';
import { commitStatusRoutes } from './routes/commit-statuses';
import { commitRoutes } from './routes/commits';
import { fileRoutes } from './routes/files';
import { hookRoutes } from './routes/hooks';
import { identityRoutes } from './routes/identity';
import { mergeRequestRoutes } from './routes/merge-requests';
import { projectRoutes } from './routes/projects';
import { repositoryRoutes } from './routes/repository';

const ROUTES: readonly Route[] = [
  ...identityRoutes,
  ...projectRoutes,
  ...branchRoutes,
  ...repositoryRoutes,
  ...fileRoutes,
  ...commitRoutes,
  ...mergeRequestRoutes,
  ...commitStatusRoutes,
  ...hookRoutes,
];

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Matches the route against the raw path: an encoded slash belongs to a name, a plain one separates. Ignores a slash
 * at the end.
 */
export function matchRoute(method: string, path: string): Match | undefined {
  for (const route of ROUTES) {
    if (route.method !== method && !(method === 'HEAD' && route.method === 'GET')) continue;
    const params = matchTemplate(route.template, path);
    if (params) return { route, params };
  }
  return undefined;
}

function matchTemplate(template: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), path.replace(/\/$/, '').split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    if (part.startsWith(':') && given[index]) params[part.slice(1)] = decodeURIComponent(given[index]);
    else if (part !== given[index]) return undefined;
  }
  return params;
}
