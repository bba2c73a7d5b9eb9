import { once } from 'node:events';
import { connect } from 'node:net';

const serverUrl = () => process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';

/** A Redis to test with: TEST_REDIS_URL, or one that answers on this machine; a database of its own for each jest worker. */
export function testRedisUrl(): string {
  const url = new URL(serverUrl());
  url.pathname = `/${10 + (Number(process.env.JEST_WORKER_ID ?? 1) % 5)}`;
  return url.href;
}

/** Checked once, before all specs. */
export async function noteWhetherRedisAnswers(): Promise<void> {
  const { hostname, port } = new URL(serverUrl());
  const socket = connect(Number(port || 6379), hostname);
  try {
    await once(socket, 'connect');
    process.env.TEST_REDIS_ANSWERS = 'yes';
  } catch {
    delete process.env.TEST_REDIS_ANSWERS;
  } finally {
    socket.destroy();
  }
}

/** Reports the specs as skipped, by name, if there is no Redis. In CI there must be one. */
export function describeWithRedis(name: string, specs: () => void): void {
  const there = process.env.TEST_REDIS_ANSWERS || process.env.CI;
  (there ? describe : describe.skip)(name, specs);
}
