import type { INestApplication } from '@nestjs/common';

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Returns the routes of Express in the notation of OpenAPI, without the pages of Swagger UI. */
export function routesOf(app: INestApplication): string[] {
  const { stack } = (app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } }).router;
  const routes = stack.flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => `${method} ${openApiPath(route.path)}`) : [],
  );
  return [...new Set(routes)].filter((route) => !/^get \/docs\b/.test(route)).sort();
}

/** A slash at the end is Nest's: how it mounts a middleware. */
const openApiPath = (path: string) => path.replace(/[:*](\w+)/g, '{$1}').replace(/\/$/, '');
