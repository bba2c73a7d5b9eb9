import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Load {
  /** Returns the whole text of the next request. */
  next(): string;
  readonly connections: number;
  readonly seconds: number;
  readonly status: number;
}

/** Returns how many requests a second are answered, by a sender that costs next to nothing on each connection. */
export async function answersPerSecond(
  url: string,
  { next, connections, seconds, status }: Load,
): Promise<number> {
  const { hostname, port } = new URL(url);
  const begun = performance.now();
  const end = begun + seconds * 1000;
  const counts = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname).setNoDelay();
      await once(socket, 'connect');
      let answers = 0;
      while (performance.now() < end) {
        socket.write(next());
        const answered = await answerOn(socket);
        if (answered !== status) throw new Error(`a request was answered ${answered}`);
        answers++;
      }
      socket.destroy();
      return answers;
    }),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  return total / ((performance.now() - begun) / 1000);
}

const HEAD_END = '\r\n\r\n';

/** Reads one answer to its end. Returns its status. */
async function answerOn(socket: Socket): Promise<number> {
  let text = await chunkOf(socket);
  while (!text.includes(HEAD_END)) text += await chunkOf(socket);
  const head = text.indexOf(HEAD_END);
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  for (let read = text.length - head - HEAD_END.length; read < length;)
    read += (await chunkOf(socket)).length;
  return Number(text.slice(9, 12));
}

/** One character for each byte. */
async function chunkOf(socket: Socket): Promise<string> {
  const [chunk] = (await once(socket, 'data')) as [Buffer];
  return chunk.toString('latin1');
}

/** Returns the items one after the other, without end. */
export function endless<T>(items: readonly T[]): () => T {
  let at = 0;
  return () => items[at++ % items.length];
}
