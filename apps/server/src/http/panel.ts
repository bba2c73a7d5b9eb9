import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Router, static as files, type Response } from 'express';

/** Directory of the built settings page, relative to the root of the project. */
export const PANEL_DIR = 'dist/panel';

/** The build compresses the element once, so that no request has to. */
const ZIPPED = 'panel.js.gz';

const NOT_BUILT = 'The settings page is not built. Run `npm run build` and start the server again.\n';

/** Names that a build gives to no other content. */
const HASHED = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+$/;

/** Serves the settings page at `/panel`, its element at `/panel/panel.js`, and leads from `/` to the page. */
export function panel(directory = PANEL_DIR): Router {
  const root = resolve(directory);
  const setHeaders = (response: Response, path: string) =>
    response.setHeader(
      'Cache-Control',
      HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    );
  const router = Router();
  router.get('/', (_, response) => response.redirect('/panel'));
  router.get(/^\/panel\/?$/, (_, response, next) => {
    if (!existsSync(resolve(root, 'index.html')))
      return void response.status(503).type('text/plain').send(NOT_BUILT);
    response.sendFile(
      'index.html',
      { root, cacheControl: false, headers: { 'Cache-Control': 'no-cache' } },
      (error) => (error ? next(error) : undefined),
    );
  });
  router.get('/panel/panel.js', (request, response, next) => {
    response.vary('Accept-Encoding');
    if (!request.acceptsEncodings('gzip') || !existsSync(resolve(root, ZIPPED))) return next();
    const headers = { 'Cache-Control': 'no-cache', 'Content-Type': 'text/javascript; charset=utf-8' };
    response.sendFile(
      ZIPPED,
      { root, cacheControl: false, headers: { ...headers, 'Content-Encoding': 'gzip' } },
      (error) => (error ? next(error) : undefined),
    );
  });
  router.use('/panel', files(root, { index: false, redirect: false, cacheControl: false, setHeaders }));
  router.get(/^\/panel\//, (_, response, next) => {
    if (existsSync(root)) return next();
    response.status(503).type('text/plain').send(NOT_BUILT);
  });
  return router;
}
