import { once } from 'node:events';
import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';
import type { Org } from './fleet';

/** What is delivered to one org again and again, under a new id each time. */
export interface Sample {
  readonly org: Org;
  readonly body: string;
}

interface Load {
  readonly samples: readonly Sample[];
  readonly connections: number;
  readonly seconds: number;
  pathOf(org: Org): string;
}

/** How many deliveries a second are answered 202, with a sender that costs next to nothing on each connection. */
export async function measureThroughput(url: string, load: Load): Promise<number> {
  const { hostname, port } = new URL(url);
  const next = endless(load.samples);
  const begun = performance.now();
  const end = begun + load.seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: load.connections }, async () => {
      const socket = connect(Number(port), hostname).setNoDelay();
      await once(socket, 'connect');
      let accepted = 0;
      while (performance.now() < end) {
        socket.write(requestOf(next(), load));
        const status = await statusOf(socket);
        if (status !== 202) throw new Error(`a delivery was answered ${status}`);
        accepted++;
      }
      socket.destroy();
      return accepted;
    }),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total / ((performance.now() - begun) / 1000);
}

/** Answers here are short: each fits one packet. */
async function statusOf(socket: ReturnType<typeof connect>): Promise<number> {
  const [data] = (await once(socket, 'data')) as [Buffer];
  return Number(data.subarray(9, 12).toString('latin1'));
}

function requestOf({ org, body }: Sample, { pathOf }: Load): string {
  return [
    `POST ${pathOf(org)} HTTP/1.1`,
    'Host: bench',
    'Content-Type: application/json',
    'User-Agent: GitLab/19.2.0',
    'X-Gitlab-Event: Push Hook',
    `X-Gitlab-Token: ${org.secret}`,
    `webhook-id: ${randomUUID()}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

function endless<T>(items: readonly T[]): () => T {
  let at = 0;
  return () => items[at++ % items.length];
}
