import { GitLabAnswerInvalid, GitLabUnavailable } from '../../errors/answer.errors';
import { InstanceNotGitLab } from '../../errors/instance.errors';
import { GRAPHQL_PATH, REST } from '../api-path';
import { Misshapen, type Read } from '../responses/shapes';
import { askedWaitMs } from '../retry';
import { AnswerTooLarge } from '../transport/deadline';
import { jsonOf, type Answer } from '../transport/response';
import type { Call, Transport } from '../transport/transport';
import { connectionError } from './connection-errors';
import { errorBodyOf } from './error-body';
import { responseError, type Translate } from './response-errors';

/** If these give no GitLab answer, the URL is not a GitLab instance. */
const IDENTITY_PATHS = [`${REST}/user`, `${REST}/personal_access_tokens/self`];

/** Turns each failure of a call into a domain error. */
export class CallFailures {
  constructor(
    private readonly transport: Transport,
    private readonly now: () => Date,
  ) {}

  /** Returns the validated data of an answer. @throws GitLabAnswerInvalid, GitLabUnavailable, InstanceNotGitLab */
  dataOf<T>(answer: Answer, call: Call, read: Read<T>): T {
    const data = jsonOf(answer);
    if (data === undefined && !IDENTITY_PATHS.includes(pathOf(call))) throw unreadable(call);
    try {
      return read(data, 'it');
    } catch (error) {
      throw error instanceof Misshapen ? this.invalid(call, error.message) : error;
    }
  }

  /** Translates a refusal of GitLab. */
  refused(answer: Answer, call: Call, translate?: Translate): Error {
    const about = {
      instanceUrl: this.instanceUrl,
      path: pathOf(call),
      retryAfterMs: askedWaitMs(answer, this.now()),
      write: isWrite(call),
    };
    return responseError(errorBodyOf(answer), about, translate);
  }

  /** Translates an error of the exchange, or of an answer that cannot be read. */
  thrown(error: unknown, call: Call): never {
    if (error instanceof AnswerTooLarge || error instanceof Misshapen)
      throw this.invalid(call, error.message);
    if (error instanceof SyntaxError) throw unreadable(call);
    this.transport.options.signal?.throwIfAborted();
    throw connectionError(error, this.instanceUrl, isWrite(call) ? 'write' : 'read');
  }

  /** `found` completes "the answer to <path>: …". */
  private invalid(call: Call, found: string): Error {
    const [path, write] = [pathOf(call), isWrite(call)];
    if (IDENTITY_PATHS.includes(path) && !write)
      return new InstanceNotGitLab(this.instanceUrl, `gave no GitLab answer for ${path}`);
    return new GitLabAnswerInvalid(`the answer to ${path}: ${found}`, { outcomeUnknown: write });
  }

  private get instanceUrl(): string {
    return this.transport.access.instanceUrl;
  }
}

function unreadable(call: Call): Error {
  return new GitLabUnavailable('the answer is unreadable', { outcomeUnknown: isWrite(call) });
}

function pathOf({ path }: Call): string {
  return path.split('?')[0];
}

/** A GraphQL query is a read, although it is a POST. */
function isWrite({ method, path }: Call): boolean {
  return method !== 'GET' && method !== 'HEAD' && !path.startsWith(GRAPHQL_PATH);
}
