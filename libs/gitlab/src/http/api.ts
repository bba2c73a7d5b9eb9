import { GitLabUnavailable, InstanceNotGitLab } from '../gitlab.errors';
import { withQuery, type Query } from './api-path';
import { answerError, GRAPHQL_PATH, type Translate } from './errors/answer-errors';
import { connectionError } from './errors/connection-errors';
import { saidBy } from './errors/said';
import { nextPage, type NextPage } from './next-page';
import { repeating } from './repeating';
import type { RetrySettings } from './settings';
import { jsonOf, type Answer } from './transport/answer';
import { AnswerTooLarge } from './transport/deadline';
import type { Call, Transport } from './transport/transport';
import { askedWaitMs } from './wait-policy';

const REST = '/api/v4';

export interface Reply<T> {
  readonly data: T;
  readonly next: NextPage | null;
}

export interface Reading {
  readonly query?: Query;
  readonly translate?: Translate;
  /** A longer answer is `AnswerTooLarge`, for the caller to deal with. */
  readonly maxBytes?: number;
}

/** GitLab's REST and GraphQL as calls that answer data or throw one of our errors. Reads are repeated, writes never. */
export class Api {
  constructor(
    private readonly transport: Transport,
    private readonly retries: RetrySettings,
    readonly now: () => Date,
  ) {}

  get instanceUrl(): string {
    return this.transport.access.instanceUrl;
  }

  async get<T>(path: string, { query, translate, maxBytes }: Reading = {}): Promise<Reply<T>> {
    return this.repeating(async () => {
      const call: Call = { method: 'GET', path: REST + withQuery(path, query), maxBytes };
      const answer = await this.read(call, translate);
      return { data: this.dataOf<T>(answer, REST + path, false), next: nextPage(answer.headers) };
    });
  }

  /** The headers alone. */
  async head(path: string, { query, translate }: Reading = {}): Promise<Record<string, string>> {
    return this.repeating(async () => {
      const answer = await this.read({ method: 'HEAD', path: REST + withQuery(path, query) }, translate);
      return answer.headers;
    });
  }

  /** Bytes as they are, or null where there are more than `maxBytes`. */
  async bytes(path: string, maxBytes: number, { query, translate }: Reading = {}): Promise<Buffer | null> {
    return this.repeating(async () => {
      try {
        const call: Call = { method: 'GET', path: REST + withQuery(path, query), maxBytes };
        return (await this.read(call, translate)).body;
      } catch (error) {
        if (error instanceof AnswerTooLarge) return null;
        throw error;
      }
    });
  }

  /** Tried once: what comes this way can be had in another. */
  async stream(path: string, query: Query): Promise<AsyncGenerator<Buffer>> {
    const call: Call = { method: 'GET', path: REST + withQuery(path, query) };
    const answer = await this.transport.stream(call).catch((error) => this.fail(error, false));
    if (!Buffer.isBuffer(answer.body)) return answer.body;
    throw this.refused({ ...answer, body: answer.body }, call);
  }

  /** A GraphQL query; `maxBytes` is the longest answer taken. @throws AnswerTooLarge */
  async query<T>(query: string, variables: Record<string, unknown>, maxBytes: number): Promise<T> {
    const call: Call = { method: 'POST', path: GRAPHQL_PATH, json: { query, variables }, maxBytes };
    return this.repeating(async () => this.dataOf<T>(await this.read(call), call.path, false));
  }

  /** Sent once, whatever comes of it; answers what GitLab made of it. */
  async write<T>(method: 'POST' | 'PUT', path: string, json: unknown, translate?: Translate): Promise<T> {
    const answer = await this.send(method, path, json, translate);
    return this.dataOf<T>(answer, REST + path, true);
  }

  /** Sent once, where the answer holds nothing of interest. */
  async send(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    json: unknown,
    translate?: Translate,
  ): Promise<Answer> {
    const call: Call = { method, path: REST + path, json };
    const answer = await this.transport.send(call).catch((error) => this.fail(error, true));
    if (answer.status < 200 || answer.status >= 300) throw this.refused(answer, call, translate);
    return answer;
  }

  /** @throws AnswerTooLarge, or one of our errors */
  private async read(call: Call, translate?: Translate): Promise<Answer> {
    const answer = await this.follow(call, await this.sendRead(call));
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw this.refused(answer, call, translate);
  }

  private async sendRead(call: Call): Promise<Answer> {
    return this.transport.send(call).catch((error) => {
      if (error instanceof AnswerTooLarge && call.maxBytes) throw error;
      return this.fail(error, false);
    });
  }

  /** A moved project answers reads with its new address (§2.2); a step that stays on the instance is followed, once. */
  private async follow(call: Call, answer: Answer): Promise<Answer> {
    const location = answer.headers.location;
    if (
      answer.status !== 301 ||
      call.method === 'POST' ||
      !location ||
      !URL.canParse(location, this.instanceUrl)
    )
      return answer;
    const target = new URL(location, this.instanceUrl);
    const moved = target.origin === this.instanceUrl && target.pathname.startsWith(`${REST}/projects/`);
    return moved ? this.sendRead({ ...call, path: target.pathname + target.search }) : answer;
  }

  private dataOf<T>(answer: Answer, path: string, write: boolean): T {
    const data = jsonOf(answer);
    if (data !== undefined && data !== null) return data as T;
    if (path === `${REST}/user`)
      throw new InstanceNotGitLab(this.instanceUrl, `gave no GitLab answer for ${path}`);
    throw new GitLabUnavailable('the answer is unreadable', { outcomeUnknown: write });
  }

  private refused(answer: Answer, call: Call, translate?: Translate): Error {
    const path = call.path.split('?')[0];
    const write = call.method !== 'GET' && call.method !== 'HEAD' && path !== GRAPHQL_PATH;
    const wait = askedWaitMs(answer, this.now());
    return answerError(
      saidBy(answer),
      { instanceUrl: this.instanceUrl, path, retryAfterMs: wait, write },
      translate,
    );
  }

  private fail(error: unknown, write: boolean): never {
    this.transport.options.signal?.throwIfAborted();
    throw connectionError(error, this.instanceUrl, write ? 'write' : 'read');
  }

  private repeating<T>(attempt: () => Promise<T>): Promise<T> {
    return repeating(attempt, this.retries, this.transport.options.signal);
  }
}
