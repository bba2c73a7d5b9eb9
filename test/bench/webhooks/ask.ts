import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

const agent = new Agent({ keepAlive: true });

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
