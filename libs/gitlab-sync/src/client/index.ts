import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './api-types';

export type { components, operations, paths } from './api-types';

/** The paths of the contract begin with it; a host may mount the API elsewhere. */
const CONTRACT_PATH = '/api/v1';

/** The address of the service, and the token of the caller. */
export interface GitLabSyncClientOptions {
  /** The address of the service, without the path of the API. */
  readonly baseUrl: string;
  /** A bearer token, or a function that returns one for each request. */
  readonly token: string | (() => string | Promise<string>);
  /** The path at which the host mounts the API; `/api/v1` by default. */
  readonly path?: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** A client whose calls the compiler checks against the HTTP contract. */
export type GitLabSyncClient = Client<paths>;

/** Returns a client of the HTTP contract; the compiler checks its calls and their responses. */
export function createGitLabSyncClient(options: GitLabSyncClientOptions): GitLabSyncClient {
  const { token, path = CONTRACT_PATH, fetch = globalThis.fetch } = options;
  const base = options.baseUrl.replace(/\/+$/, '');
  return createClient<paths>({
    baseUrl: base,
    fetch: async (request) => {
      const url = base + path + request.url.slice(base.length + CONTRACT_PATH.length);
      const sent = new Request(path === CONTRACT_PATH ? request : new Request(url, request));
      sent.headers.set('authorization', `Bearer ${typeof token === 'string' ? token : await token()}`);
      return fetch(sent);
    },
  });
}
