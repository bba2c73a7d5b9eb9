import express, { Router } from 'express';

/** Room for a change of many files. */
const CHANGES = '32mb';
const OTHERS = '256kb';

/** The texts of files are no JSON, whatever they are said to be: their module takes the bytes as they were sent. */
const FILE = /^\/orgs\/[^/]+\/context\/files\//;

/** Mounted at the root of the API. Webhooks lie elsewhere, and read their bodies once they trust them. */
export function bodyParsers(): Router {
  const changes = express.json({ limit: CHANGES });
  const others = express.json({ limit: OTHERS });
  return Router()
    .use('/orgs/:org/context/changes', changes)
    .use((request, response, next) => (FILE.test(request.path) ? next() : others(request, response, next)));
}
