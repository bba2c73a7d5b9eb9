import { Client, type ClientConfig } from 'pg';

/** Opens a connection beside the pool for one piece of work. */
export async function withClient<T>(
  login: string | ClientConfig,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    ...(typeof login === 'string' ? { connectionString: login } : login),
    application_name: 'dot-gitlab-sync migrations',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined); // the open query fails by itself
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
