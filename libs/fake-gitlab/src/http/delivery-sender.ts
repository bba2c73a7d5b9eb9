import type { Delivery, DeliveryAnswer } from '../instance/deliveries';

/** GitLab waits this long for an answer to a webhook. */
const TIMEOUT_MS = 10_000;
const MOST_STORED_BODY = 8 * 1024;

/** Sends one webhook over the network, once; redirects are an answer like any other. */
export async function sendOverHttp({ url, headers, body }: Delivery): Promise<DeliveryAnswer> {
  const started = Date.now();
  const seconds = () => (Date.now() - started) / 1000;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    const text = (await answer.text()).slice(0, MOST_STORED_BODY);
    return {
      status: answer.status,
      body: text,
      headers: Object.fromEntries(answer.headers),
      seconds: seconds(),
    };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return { status: null, body: cause?.code ?? message, headers: {}, seconds: seconds() };
  }
}
