export const REST = '/api/v4';
export const GRAPHQL_PATH = '/api/graphql';

/**
 * Builds a path below `/api/v4`. Encodes every value once, dots included, because proxies resolve them
 * (docs/gitlab-api.md#branches).
 */
export function path(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return parts.reduce((built, part, at) => built + encode(String(values[at - 1])) + part);
}

export type Query = Record<string, string | number | boolean | undefined | null>;

export function withQuery(to: string, query: Query = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length ? `${to}?${pairs.join('&')}` : to;
}

function encode(value: string): string {
  return encodeURIComponent(value).replace(/\./g, '%2E');
}
