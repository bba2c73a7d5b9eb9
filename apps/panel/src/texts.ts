import type { Api } from './api';

/** Keeps the slashes of a path unescaped in a URL. */
const slashesStay = (route: string, params: Record<string, unknown>): string =>
  route.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(params[name]).split('/').map(encodeURIComponent).join('/'),
  );

interface Asked {
  readonly file?: string;
  readonly version?: string;
  readonly side?: 'gitlab';
}

/** Reads the current text of a file, a version of it, or GitLab's text. Returns null if it does not exist. */
export function readText(api: Api, { file, version, side }: Asked): Promise<string | null> {
  const [route, path] = version
    ? ['/api/v1/orgs/{org}/context/versions/{id}', { ...api.path, id: version }]
    : side
      ? ['/api/v1/orgs/{org}/gitlab/files/{path}', { ...api.path, path: file }]
      : ['/api/v1/orgs/{org}/context/files/{path}', { ...api.path, path: file }];
  const params = { path, ...(side && { query: { side } }) };
  return api.text(
    api.client.GET(route as never, { params, parseAs: 'text', pathSerializer: slashesStay } as never),
  );
}
