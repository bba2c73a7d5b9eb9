import { GRAPHQL_PATH, REST, withQuery, type Query } from './api-path';
import { CallFailures } from './errors/call-failures';
import type { Translate } from './errors/response-errors';
import { movedCall } from './moved-redirect';
import { nextPage, type NextPage } from './next-page';
import { jsonRows } from './responses/json-rows';
import { responseLimit, TREE } from './responses/response-limits';
import type { Read } from './responses/shapes';
import { withRetries } from './retry';
import type { RetrySettings } from './settings';
import { AnswerTooLarge } from './transport/deadline';
import type { Answer } from './transport/response';
import type { Call, Transport } from './transport/transport';

const GRAPHQL_PARTS = 5_000;

type WriteMethod = 'POST' | 'PUT' | 'DELETE';

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
  private readonly failures: CallFailures;

  constructor(
    private readonly transport: Transport,
    private readonly retries: RetrySettings,
    readonly now: () => Date,
  ) {
    this.failures = new CallFailures(transport, now);
  }

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
      return { data: this.failures.dataOf(answer, call, read), next: nextPage(answer.headers) };
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
      const answer = await this.transport
        .take(call, reader)
        .catch((error) => this.failures.thrown(error, call));
      if (answer.body === null) return nextPage(answer.headers);
      throw this.failures.refused({ ...answer, body: answer.body }, call, translate);
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
    const answer = await this.transport.stream(call).catch((error) => this.failures.thrown(error, call));
    if (!Buffer.isBuffer(answer.body)) return answer.body;
    throw this.failures.refused({ ...answer, body: answer.body }, call);
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
      this.failures.dataOf(await this.read(call, undefined, true), call, read),
    );
  }

  /** Sends a write once, whatever the outcome, and returns the data of the answer. */
  async write<T>(
    method: WriteMethod,
    path: string,
    read: Read<T>,
    json: unknown,
    translate?: Translate,
  ): Promise<T> {
    const call = writeCall(method, path, json);
    return this.failures.dataOf(await this.sendWrite(call, translate), call, read);
  }

  /** Sends a write once, for callers that need no data of the answer. */
  send(method: WriteMethod, path: string, json: unknown, translate?: Translate): Promise<Answer> {
    return this.sendWrite(writeCall(method, path, json), translate);
  }

  private async sendWrite(call: Call, translate?: Translate): Promise<Answer> {
    const answer = await this.transport.send(call).catch((error) => this.failures.thrown(error, call));
    if (answer.status < 200 || answer.status >= 300) throw this.failures.refused(answer, call, translate);
    return answer;
  }

  /** @throws AnswerTooLarge, or one of our errors */
  private async read(call: Call, translate?: Translate, throwTooLarge = false): Promise<Answer> {
    const first = await this.sendRead(call, throwTooLarge);
    const moved = movedCall(call, first, this.instanceUrl);
    const answer = moved ? await this.sendRead(moved, throwTooLarge) : first;
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw this.failures.refused(answer, call, translate);
  }

  private async sendRead(call: Call, throwTooLarge: boolean): Promise<Answer> {
    return this.transport.send(call).catch((error) => {
      if (error instanceof AnswerTooLarge && throwTooLarge) throw error;
      return this.failures.thrown(error, call);
    });
  }

  private withRetries<T>(attempt: () => Promise<T>): Promise<T> {
    return withRetries(attempt, this.retries, this.transport.options.signal);
  }
}

function writeCall(method: WriteMethod, path: string, json: unknown): Call {
  const { bytes: maxBytes, parts: maxParts } = responseLimit(path);
  return { method, path: REST + path, json, maxBytes, maxParts };
}
