import { Router } from 'express';
import { jsonBody } from '@app/http';

/** More than any body needs: a project's 100 directories are the largest. */
const LIMITS = { bytes: 256 * 1024, pieceBytes: 256 * 1024, depth: 8, items: 500, values: 1_000 };

/**
 * Excludes the texts of files, which are not JSON, and changes, which are large: their module reads them with its own
 * limits.
 */
const READ_BY_MODULE = /^\/orgs\/[^/]+\/context\/(files\/|changes\/?$)/i;

/**
 * Parses bodies; mounted at the root of the API. Webhooks are elsewhere, and read their bodies after verification.
 */
export function bodyParsers(): Router {
  const parse = jsonBody(LIMITS);
  return Router().use((request, response, next) =>
    READ_BY_MODULE.test(request.path) ? next() : parse(request, response, next),
  );
}
