import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { HostSettings } from '../src/settings.js';

const LONGEST_MS = 90_000;

/** Reads a variable that test/hosts/hosts.spec.ts sets. @throws Error if it is not set */
function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run npx jest test/hosts`);
  return value;
}

const OWNER = 'dot_sync_test_host';

/** Creates a database for one host. Its owner is not a superuser, as on a managed PostgreSQL. */
export async function hostSettings(): Promise<HostSettings & { drop(): Promise<void> }> {
  const server = variable('TEST_DATABASE_URL');
  const name = `host_${randomBytes(8).toString('hex')}`;
  const ownerUrl = new URL(server);
  ownerUrl.pathname = name;
  const [{ is_superuser: superuser } = {}] = await query(server, 'SHOW is_superuser');
  if (superuser === 'on') {
    await query(server, CREATE_OWNER);
    ownerUrl.username = ownerUrl.password = OWNER;
  }
  await query(server, `CREATE DATABASE ${name} ${superuser === 'on' ? `OWNER ${OWNER}` : ''}`);
  return {
    ownerUrl: ownerUrl.href,
    redisUrl: variable('TEST_REDIS_URL'),
    publicUrl: `http://127.0.0.1:${await freePort()}`,
    keys: `host:${randomBytes(32).toString('base64')}`,
    drop: async () => {
      await query(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Several hosts may start at the same time. */
const CREATE_OWNER = `
  DO $$ BEGIN
    CREATE ROLE ${OWNER} LOGIN CREATEROLE PASSWORD '${OWNER}';
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END $$`;

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** The parsed body; null if it is not JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Sent {
  readonly body?: string | object;
  readonly type?: string;
}

/** A caller of the host. */
export class Caller {
  constructor(
    private readonly base: string,
    private readonly authorization: string | null,
  ) {}

  async call(method: string, path: string, { body, type = 'application/json' }: Sent = {}): Promise<Answer> {
    const signal = AbortSignal.timeout(LONGEST_MS);
    const headers = new Headers(this.authorization === null ? {} : { authorization: this.authorization });
    if (body !== undefined) headers.set('content-type', type);
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const response = await fetch(this.base + path, {
      method,
      headers,
      signal,
      ...(text !== undefined && { body: text }),
    });
    const contentType = response.headers.get('content-type') ?? '';
    if (contentType.startsWith('text/event-stream')) {
      await response.body?.cancel();
      return { status: response.status, type: contentType, text: '', body: {} };
    }
    const answer = await response.text();
    const parsed = contentType.includes('json') && answer ? (JSON.parse(answer) as Answer['body']) : {};
    return { status: response.status, type: contentType, text: answer, body: parsed };
  }
}

/** A teammate who works on GitLab itself, through its API. */
export class Teammate {
  readonly url = variable('TEST_GITLAB_URL');
  readonly token = variable('TEST_GITLAB_TOKEN');

  async createProject(): Promise<number> {
    const name = `context-${randomUUID().slice(0, 8)}`;
    const { id } = (await this.send('POST', '/projects', { name, initialize_with_readme: true })) as {
      id: number;
    };
    return id;
  }

  async commit(project: number, path: string, content: string): Promise<void> {
    await this.send('POST', `/projects/${project}/repository/commits`, {
      branch: 'main',
      commit_message: 'A teammate edits',
      actions: [{ action: 'create', file_path: path, content }],
    });
  }

  async read(project: number, path: string): Promise<string | null> {
    const file = `${this.url}/api/v4/projects/${project}/repository/files/${encodeURIComponent(path)}/raw?ref=main`;
    const response = await fetch(file, { headers: { 'private-token': this.token } });
    const text = await response.text();
    return response.ok ? text : null;
  }

  private async send(method: string, path: string, body: object): Promise<unknown> {
    const response = await fetch(`${this.url}/api/v4${path}`, {
      method,
      headers: { 'private-token': this.token, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`GitLab answered ${response.status}: ${await response.text()}`);
    return response.json();
  }
}

/** Returns the first answer that is there. @throws Error if it takes too long */
export async function until<T>(look: () => Promise<T | null | false>): Promise<T> {
  for (const end = Date.now() + LONGEST_MS; Date.now() < end; await pause(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error('what was waited for did not happen');
}
