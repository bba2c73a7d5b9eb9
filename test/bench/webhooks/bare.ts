import axios from 'axios';
import express, { type Request } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Agent } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'pg';
import type { Org } from './fleet';

/** As long as the service waits for the next request on a connection: longer than the others' turns. */
const IDLE_MS = 65_000;

/** Settings that the bench gives to the bare processes. */
export interface BareSettings {
  readonly databaseUrl: string;
  readonly gitlabUrl: string;
  readonly orgs: readonly Org[];
}

interface Push {
  readonly project_id: number;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

/**
 * The least that can be done, in one Express process: `/hooks` compares the secret and logs one row, `/mirror` compares the
 * secret, asks GitLab what changed and for the text, and writes one row.
 */
async function serve({ databaseUrl, gitlabUrl, orgs }: BareSettings): Promise<void> {
  const pool = new Pool({ connectionString: databaseUrl, max: 6 });
  await pool.query(
    `CREATE TABLE bare_texts (position bigserial PRIMARY KEY, org text, commit text, path text, text text)`,
  );
  await pool.query(`CREATE INDEX bare_texts_newest ON bare_texts (org, position)`);
  await pool.query(
    `CREATE TABLE bare_deliveries (position bigserial PRIMARY KEY, org text, at timestamptz, event text, commit text, key text)`,
  );
  const known = new Map(orgs.map((org) => [org.endpointId, { ...org, digest: digest(org.secret) }]));
  const gitlab = axios.create({
    baseURL: gitlabUrl,
    proxy: false,
    httpAgent: new Agent({ keepAlive: true, timeout: 2_000 }),
  });

  const proven = (request: Request) => {
    const org = known.get(String(request.params.endpointId));
    const given = digest(request.header('x-gitlab-token') ?? '');
    return org && timingSafeEqual(org.digest, given) ? org : null;
  };

  const site = express();
  site.use(express.json({ limit: '25mb' }));
  site.post('/hooks/:endpointId', async (request, response) => {
    const org = proven(request);
    const { project_id, ref, after } = request.body as Push;
    if (!org) return void response.status(401).end();
    if (project_id !== org.projectId || ref !== 'refs/heads/main')
      return void response.json({ status: 'ignored' });
    await pool.query(
      'INSERT INTO bare_deliveries (org, at, event, commit, key) VALUES ($1, now(), $2, $3, $4)',
      [org.name, request.header('x-gitlab-event'), after, request.header('webhook-id')],
    );
    response.status(202).json({ status: 'accepted' });
  });
  site.post('/mirror/:endpointId', async (request, response) => {
    const org = proven(request);
    if (!org) return void response.status(401).end();
    response.status(202).json({ status: 'accepted' });
    const { before, after } = request.body as Push;
    const repository = `/api/v4/projects/${org.projectId}/repository`;
    const headers = { 'PRIVATE-TOKEN': org.gitlabToken };
    const params = { from: before, to: after, straight: true };
    const { data: compared } = await gitlab.get(`${repository}/compare`, { params, headers });
    for (const { new_path: path } of compared.diffs as { new_path: string }[]) {
      const { data: text } = await gitlab.get(`${repository}/files/${encodeURIComponent(path)}/raw`, {
        params: { ref: after },
        headers,
        responseType: 'text',
      });
      await pool.query('INSERT INTO bare_texts (org, commit, path, text) VALUES ($1, $2, $3, $4)', [
        org.name,
        after,
        path,
        text,
      ]);
    }
  });
  site.get('/texts/:org', async (request, response) => {
    const { rows } = await pool.query(
      'SELECT text FROM bare_texts WHERE org = $1 ORDER BY position DESC LIMIT 1',
      [request.params.org],
    );
    response.type('text/markdown').send(rows[0]?.text ?? '');
  });
  const server = createServer({ keepAliveTimeout: IDLE_MS }, site).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const digest = (text: string) => createHash('sha256').update(text).digest();

process.once('message', (settings) => void serve(settings as BareSettings));
process.once('disconnect', () => process.exit());
