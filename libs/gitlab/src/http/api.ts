import { GitLabAnswerInvalid, GitLabUnavailable, InstanceNotGitLab } from '../gitlab.errors';
import { responseLimit, TREE } from './responses/response-limits';
import { jsonRows } from './responses/json-rows';
import { Misshapen, type Read } from './responses/shapes';
import { withQuery, type Query } from './api-path';
import { responseError, GRAPHQL_PATH, type Translate } from './errors/response-errors';
import { connectionError } from './errors/connection-errors';
import { errorBodyOf } from './errors/error-body';
import { basePathOf } from './instance-url';
import { nextPage, type NextPage } from './next-page';
import { askedWaitMs, withRetries } from './retry';
import type { RetrySettings } from './settings';
import { jsonOf, type Answer } from './transport/response';
import { AnswerTooLarge } from './transport/deadline';
import type { Call, Transport } from './transport/transport';

const REST = '/api/v4';
/** If these give no GitLab answer, the URL is not a GitLab instance. */
const IDENTITY_PATHS = [`${REST}/user`, `${REST}/personal_access_tokens/self`];
const GRAPHQL_PARTS = 5_000;

export interface Reply<T> {
  readonly data: T;
  readonly next: NextPage | null;
}

export interface Reading {
  readonly query?: Query;
  readonly translate?: Translate;
  /** Throws `AnswerTooLarge` to the caller if the answer exceeds its limit. */
  readonly throwTooLarge?: boolean;
}

/** Calls GitLab's REST and GraphQL APIs; returns data or throws a domain error. Retries reads, never writes. */
export class Api {
  constructor(
    private readonly transport: Transport,
    private readonly retries: RetrySettings,
    readonly now: () => Date,
  ) {}

  get instanceUrl(): string {
    return this.transport.access.instanceUrl;
  }

  /** `read` validates the answer. @throws GitLabAnswerInvalid, InstanceNotGitLab */
  async get<T>(path: string, read: Read<T>, reading: Reading = {}): Promise<Reply<T>> {
    const { query, translate, throwTooLarge } = reading;
    const { bytes: maxBytes, parts: maxParts } = responseLimit(path);
    const call: Call = { method: 'GET', path: REST + withQuery(path, query), maxBytes, maxParts };
    return this.withRetries(async () => {
      const answer = await this.read(call, translate, throwTooLarge);
      return { data: this.dataOf(answer, REST + path, read, false), next: nextPage(answer.headers) };
    });
  }

  /**
   * Reads a list of any length, some rows at a time. A retry calls `take` from the start again.
   * @throws GitLabAnswerInvalid
   */
  async rows(
    path: string,
    { query, translate }: Reading,
    take: (rows: readonly unknown[], first: boolean) => void,
  ): Promise<NextPage | null> {
    const call: Call = { method: 'GET', path: REST + withQuery(path, query) };
    const reader = async (body: AsyncIterable<Buffer>) => {
      let first = true;
      for await (const rows of jsonRows(body, TREE)) {
        take(rows, first);
        first = false;
      }
      if (first) take([], true);
      return null;
    };
    return this.withRetries(async () => {
      const answer = await this.transport.take(call, reader).catch((error) => this.misread(error, call));
      if (answer.body === null) return nextPage(answer.headers);
      throw this.refused({ ...answer, body: answer.body }, call, translate);
    });
  }

  /** Returns the headers only. */
  async head(path: string, { query, translate }: Reading = {}): Promise<Record<string, string>> {
    return this.withRetries(async () => {
      const answer = await this.read({ method: 'HEAD', path: REST + withQuery(path, query) }, translate);
      return answer.headers;
    });
  }

  /** Returns the bytes unchanged, or null if there are more than `maxBytes`. */
  async bytes(path: string, maxBytes: number, { query, translate }: Reading = {}): Promise<Buffer | null> {
    return this.withRetries(async () => {
      try {
        const call: Call = { method: 'GET', path: REST + withQuery(path, query), maxBytes };
        return (await this.read(call, translate, true)).body;
      } catch (error) {
        if (error instanceof AnswerTooLarge) return null;
        throw error;
      }
    });
  }

  /** Streams the body. Does not retry: callers can read the same files by other routes. */
  async stream(path: string, query: Query): Promise<AsyncGenerator<Buffer>> {
    const call: Call = { method: 'GET', path: REST + withQuery(path, query) };
    const answer = await this.transport.stream(call).catch((error) => this.fail(error, false));
    if (!Buffer.isBuffer(answer.body)) return answer.body;
    throw this.refused({ ...answer, body: answer.body }, call);
  }

  /** Sends a GraphQL query. `maxBytes` limits the answer. @throws AnswerTooLarge */
  async query<T>(
    query: string,
    variables: Record<string, unknown>,
    maxBytes: number,
    read: Read<T>,
  ): Promise<T> {
    const json = { query, variables };
    const call: Call = { method: 'POST', path: GRAPHQL_PATH, json, maxBytes, maxParts: GRAPHQL_PARTS };
    return this.withRetries(async () =>
      this.dataOf(await this.read(call, undefined, true), call.path, read, false),
    );
  }

  /** Sends a write once, whatever the outcome, and returns the data of the answer. */
  async write<T>(
    method: 'POST' | 'PUT',
    path: string,
    read: Read<T>,
    json: unknown,
    translate?: Translate,
  ): Promise<T> {
    const answer = await this.send(method, path, json, translate);
    return this.dataOf(answer, REST + path, read, true);
  }

  /** Sends a write once, for callers that need no data of the answer. */
  async send(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    json: unknown,
    translate?: Translate,
  ): Promise<Answer> {
    const { bytes: maxBytes, parts: maxParts } = responseLimit(path);
    const call: Call = { method, path: REST + path, json, maxBytes, maxParts };
    const answer = await this.transport.send(call).catch((error) => this.misread(error, call));
    if (answer.status < 200 || answer.status >= 300) throw this.refused(answer, call, translate);
    return answer;
  }

  /** @throws AnswerTooLarge, or one of our errors */
  private async read(call: Call, translate?: Translate, throwTooLarge = false): Promise<Answer> {
    const answer = await this.follow(call, await this.sendRead(call, throwTooLarge), throwTooLarge);
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw this.refused(answer, call, translate);
  }

  private async sendRead(call: Call, throwTooLarge: boolean): Promise<Answer> {
    return this.transport.send(call).catch((error) => {
      if (error instanceof AnswerTooLarge && throwTooLarge) throw error;
      return this.misread(error, call);
    });
  }

  /**
   * Follows, once, the redirect that a moved project answers to reads (docs/gitlab-api.md#get-a-project), if it stays
   * on the instance.
   */
  private async follow(call: Call, answer: Answer, throwTooLarge: boolean): Promise<Answer> {
    const location = answer.headers.location;
    if (
      answer.status !== 301 ||
      call.method === 'POST' ||
      !location ||
      !URL.canParse(location, this.instanceUrl)
    )
      return answer;
    const target = new URL(location, this.instanceUrl);
    const base = basePathOf(this.instanceUrl);
    const moved =
      target.origin === new URL(this.instanceUrl).origin &&
      target.pathname.startsWith(`${base}${REST}/projects/`);
    if (!moved) return answer;
    const path = target.pathname.slice(base.length) + target.search;
    return this.sendRead({ ...call, path }, throwTooLarge);
  }

  private dataOf<T>(answer: Answer, path: string, read: Read<T>, write: boolean): T {
    const data = jsonOf(answer);
    if (data === undefined && !IDENTITY_PATHS.includes(path))
      throw new GitLabUnavailable('the answer is unreadable', { outcomeUnknown: write });
    try {
      return read(data, 'it');
    } catch (error) {
      throw error instanceof Misshapen ? this.invalid(path, error.message, write) : error;
    }
  }

  /** `found` completes "the answer to <path>: …". */
  private invalid(path: string, found: string, write: boolean): Error {
    if (IDENTITY_PATHS.includes(path) && !write)
      return new InstanceNotGitLab(this.instanceUrl, `gave no GitLab answer for ${path}`);
    return new GitLabAnswerInvalid(`the answer to ${path}: ${found}`, { outcomeUnknown: write });
  }

  private misread(error: unknown, call: Call): never {
    const [path, write] = [call.path.split('?')[0], isWrite(call)];
    if (error instanceof AnswerTooLarge || error instanceof Misshapen)
      throw this.invalid(path, error.message, write);
    if (error instanceof SyntaxError)
      throw new GitLabUnavailable('the answer is unreadable', { outcomeUnknown: write });
    return this.fail(error, write);
  }

  private refused(answer: Answer, call: Call, translate?: Translate): Error {
    const path = call.path.split('?')[0];
    const write = isWrite(call);
    const wait = askedWaitMs(answer, this.now());
    return responseError(
      errorBodyOf(answer),
      { instanceUrl: this.instanceUrl, path, retryAfterMs: wait, write },
      translate,
    );
  }

  private fail(error: unknown, write: boolean): never {
    this.transport.options.signal?.throwIfAborted();
    throw connectionError(error, this.instanceUrl, write ? 'write' : 'read');
  }

  private withRetries<T>(attempt: () => Promise<T>): Promise<T> {
    return withRetries(attempt, this.retries, this.transport.options.signal);
  }
}

/** A GraphQL query is a read, although it is a POST. */
function isWrite({ method, path }: Call): boolean {
  return method !== 'GET' && method !== 'HEAD' && !path.startsWith(GRAPHQL_PATH);
}
