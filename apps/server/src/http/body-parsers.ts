import { Router } from 'express';
import { jsonBody } from '@app/http';

/** More than any of them needs: a project's 100 directories are the largest. */
const LIMITS = { bytes: 256 * 1024, pieceBytes: 256 * 1024, depth: 8, items: 500, values: 1_000 };

/** The texts of files are no JSON, and a change is a large one: their module reads them with limits of its own. */
const READ_BY_MODULE = /^\/orgs\/[^/]+\/context\/(files\/|changes\/?$)/i;

/** Mounted at the root of the API. Webhooks lie elsewhere, and read their bodies once they trust them. */
export function bodyParsers(): Router {
  const parse = jsonBody(LIMITS);
  return Router().use((request, response, next) =>
    READ_BY_MODULE.test(request.path) ? next() : parse(request, response, next),
  );
}
