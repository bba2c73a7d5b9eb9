import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** Leaves idle connections long before a server does: on a busy machine a request would meet a closed one. */
const agent = new Agent({ keepAlive: true, timeout: 20_000 });

interface Asking {
  readonly method?: string;
  readonly bearer?: string;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The text of an answer. @throws Error where it is no success */
export async function ask(
  url: string,
  { method = 'GET', bearer, body, headers }: Asking = {},
): Promise<string> {
  const sent = request(url, {
    method,
    agent,
    headers: {
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
  });
  sent.end(typeof body === 'object' ? JSON.stringify(body) : body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const answer = await text(response);
  if (response.statusCode! < 300) return answer;
  throw new Error(`${method} ${url} was answered ${response.statusCode}: ${answer}`);
}
