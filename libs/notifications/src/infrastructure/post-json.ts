import axios, { AxiosError } from 'axios';
import type { Readable } from 'node:stream';
import type { Agents } from '@app/outbound';
import { DeliveryFailed } from '../application/ports/messenger.port';

export interface Post {
  readonly agents: Agents;
  /** Time from the look-up of the name to the status of the answer. */
  readonly timeoutMs: number;
}

/** A receiver says with it that it wants no more messages. */
const GONE = 410;

const REASONS: Readonly<Record<string, string>> = {
  EBLOCKED: 'the address is private or not allowed by the operator',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  ENOTFOUND: 'the host name does not exist',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNTIMEOUT: 'connecting took too long',
  ECONNECTTIMEOUT: 'connecting took too long',
  EPROXY: 'the proxy refused the connection',
};

/**
 * Posts a JSON text and checks the status of the answer; its body is never read, and no redirect is followed.
 * @throws DeliveryFailed
 */
export async function postJson(
  post: Post,
  address: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const status = await statusOf(post, new URL(address), body, headers);
  if (status >= 200 && status < 300) return;
  const redirect = status >= 300 && status < 400 ? ': redirects are not followed' : '';
  throw new DeliveryFailed(`the receiver answered ${status}${redirect}`, status === GONE);
}

async function statusOf(
  { agents, timeoutMs }: Post,
  url: URL,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const signal = AbortSignal.timeout(timeoutMs);
  const agent = agents.for(url);
  try {
    const response = await axios.request<Readable>({
      method: 'POST',
      url: url.href,
      data: Buffer.from(body),
      headers: { 'Content-Type': 'application/json', 'User-Agent': 'dot-gitlab-sync', ...headers },
      responseType: 'stream',
      // With HTTPS_PROXY in the environment axios would open its own tunnel, past the guard.
      proxy: false,
      maxRedirects: 0,
      validateStatus: () => true,
      signal,
      ...(url.protocol === 'https:' ? { httpsAgent: agent } : { httpAgent: agent }),
    });
    response.data.destroy();
    return response.status;
  } catch (error) {
    if (signal.aborted) throw new DeliveryFailed(`no answer within ${timeoutMs / 1000} s`);
    throw new DeliveryFailed(reasonOf(error));
  }
}

/** The error itself holds the URL and the headers. */
function reasonOf(error: unknown): string {
  const code = error instanceof AxiosError ? (error.code ?? '') : '';
  return REASONS[code] ?? 'the receiver could not be reached';
}
