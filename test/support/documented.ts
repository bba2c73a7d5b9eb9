import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Response {
  readonly content?: Record<string, { readonly examples?: Record<string, unknown> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, Response> }>>;
}

const { paths } = JSON.parse(readFileSync(join(__dirname, '../../docs/openapi.json'), 'utf8')) as Document;

/** Paths with fewer parameters first: `files/release` before `files/{path}`. */
const routes = Object.entries(paths)
  .sort(([a], [b]) => a.split('{').length - b.split('{').length)
  .map(([path, operations]) => ({ fits: patternOf(path), operations }));

/** Fails if a refusal has a status or a code that the OpenAPI document does not name for its route. */
export function assertDocumented(method: string, url: string, status: number, code: unknown): void {
  const path = new URL(url).pathname;
  const operation = routes.find(({ fits, operations }) => fits.test(path) && operations[method])?.operations[
    method
  ];
  if (!operation || typeof code !== 'string') return;
  const documented = operation.responses[status]?.content?.['application/problem+json']?.examples ?? {};
  if (!(code in documented))
    throw new Error(`docs/openapi.json does not say that ${method} ${path} may answer ${status} ${code}`);
}

/** A file's path may hold slashes. */
function patternOf(path: string): RegExp {
  const pattern = path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'path' ? '.+' : '[^/]+'));
  return new RegExp(`^${pattern}$`);
}
