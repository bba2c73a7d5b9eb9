import axios, { type AxiosResponse } from 'axios';
import type { Readable } from 'node:stream';
import { traced } from '@app/kernel';
import type { Agents } from '@app/outbound';
import type { Access, CallOptions } from '../../gitlab-connector.port';
import { pauseBeforeCall } from '../retry';
import type { Answer } from './response';
import { REFUSAL_BYTES } from '../responses/response-limits';
import { JsonWeight } from '../responses/json-weight';
import { collect, collectStart, Deadline } from './deadline';
import type { HostLimits } from './host-limits';
import { routeOf, type GitLabObserver } from './observer';
import type { RateLimitCooldown } from './rate-limit-cooldown';

/** Options common to all requests: each option given with a request costs axios a hidden class of its own. */
const http = axios.create({
  method: 'GET',
  responseType: 'stream',
  // With HTTPS_PROXY in the environment axios would open its own tunnel, past the guard.
  proxy: false,
  maxRedirects: 0,
  maxBodyLength: Infinity,
  validateStatus: () => true,
});

/** Parts that all connections of a process share. */
export interface TransportShared {
  readonly agents: Agents;
  readonly limits: HostLimits;
  readonly cooldown: RateLimitCooldown;
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly observer: GitLabObserver;
}

export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** The encoded path from the root of the instance, below its base path. */
  readonly path: string;
  readonly json?: unknown;
  readonly maxBytes?: number;
  /** Most values of a JSON answer; not counted if absent. */
  readonly maxParts?: number;
}

/** Sends single requests to one instance with one token, and to no other host. Throws network errors untranslated. */
export class Transport {
  constructor(
    readonly access: Access,
    private readonly shared: TransportShared,
    readonly options: CallOptions,
  ) {}

  /** Returns the whole answer. @throws AnswerTooLarge */
  send(call: Call): Promise<Answer> {
    const limit = Math.min(call.maxBytes ?? Infinity, this.shared.maxAnswerBytes);
    const weight = call.maxParts === undefined ? undefined : new JsonWeight(call.maxParts);
    return this.take(call, (body) => collect(body, limit, (chunk) => weight?.add(chunk)));
  }

  /**
   * Passes the body to `reader` as it arrives, within the time of one request. A refusal has the start of its body
   * instead.
   */
  async take<T>(
    call: Call,
    reader: (body: AsyncIterable<Buffer>) => Promise<T>,
  ): Promise<Answer<Buffer | T>> {
    const { timeoutMs } = this.shared;
    return this.inTurn(async () => {
      const deadline = new Deadline(timeoutMs, this.options.signal);
      try {
        const { body, ...answer } = await this.request(call, deadline.signal);
        const well = answer.status >= 200 && answer.status < 300;
        return { ...answer, body: await (well ? reader(body) : collectStart(body, REFUSAL_BYTES)) };
      } catch (error) {
        throw deadline.reason ?? error;
      } finally {
        deadline.clear();
      }
    });
  }

  /** Streams the body at the reader's pace. A refusal has the start of its body instead. */
  async stream(call: Call): Promise<Answer | Answer<AsyncGenerator<Buffer>>> {
    const deadline = new Deadline(this.shared.timeoutMs, this.options.signal);
    try {
      const answer = await this.inTurn(() => this.request(call, deadline.signal));
      if (answer.status === 200) return { ...answer, body: deadline.pace(answer.body) };
      const body = await collectStart(answer.body, REFUSAL_BYTES);
      deadline.clear();
      return { ...answer, body };
    } catch (error) {
      deadline.clear();
      throw deadline.reason ?? error;
    }
  }

  private async inTurn<T>(task: () => Promise<T>): Promise<T> {
    const { signal, priority = 'sync' } = this.options;
    const asked = performance.now();
    signal?.throwIfAborted();
    await pauseBeforeCall(this.shared.cooldown.remainingMs(this.access), signal);
    const { instanceUrl, org } = this.access;
    return this.shared.limits.run(new URL(instanceUrl).host, { org, priority }, signal, () => {
      this.shared.observer.waited(performance.now() - asked);
      return task();
    });
  }

  private async request(call: Call, signal: AbortSignal): Promise<Answer<Readable>> {
    const sent = performance.now();
    const { method } = call;
    const route = routeOf(call.path);
    const report = (status: number | null) =>
      this.shared.observer.answered({ method, route, status, ms: performance.now() - sent });
    const values = { 'http.request.method': method, 'url.template': route };
    return traced(
      'gitlab_sync.call',
      values,
      async (span) => {
        try {
          const answer = await this.exchange(call, signal);
          report(answer.status);
          span.note({ 'http.response.status_code': answer.status });
          return answer;
        } catch (error) {
          report(null);
          throw error;
        }
      },
      { outgoing: true },
    );
  }

  private async exchange(call: Call, signal: AbortSignal): Promise<Answer<Readable>> {
    const url = new URL(this.access.instanceUrl + call.path);
    const agent = this.shared.agents.for(url);
    this.options.onRequest?.();
    const response: AxiosResponse<Readable> = await http.request({
      method: call.method,
      url: url.href,
      headers: this.headersFor(call),
      signal,
      ...(url.protocol === 'https:' ? { httpsAgent: agent } : { httpAgent: agent }),
      ...(call.json !== undefined && { data: Buffer.from(JSON.stringify(call.json)) }),
    });
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    const { status } = response;
    this.shared.cooldown.observe(this.access, { status, headers });
    return { status, headers, body: response.data };
  }

  private headersFor({ method }: Call): Record<string, string> {
    return {
      // GitLab accepts every kind of token as a bearer, and OAuth tokens only so (docs/gitlab-api.md#credentials).
      Authorization: `Bearer ${this.access.token.reveal()}`,
      Accept: '*/*',
      'User-Agent': 'dot-gitlab-sync',
      // Without it, maintenance mode answers with a redirect instead of an error
      // (docs/gitlab-api.md#throttling-and-outages).
      ...(method !== 'GET' && method !== 'HEAD' && { 'Content-Type': 'application/json' }),
    };
  }
}
