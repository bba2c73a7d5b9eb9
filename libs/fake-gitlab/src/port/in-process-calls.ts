import type { Secret } from '@app/kernel';
import { GitLabAnswerInvalid, GitLabUnavailable, InstanceUnreachable, RateLimited } from '@app/gitlab';
import { FileChanged } from '@app/gitlab';
import type { CallOptions, Changes, Project, Repo } from '@app/gitlab';
import { withinBounds } from '@app/gitlab';
import type { Needs } from '../instance/access';
import type { Call } from '../instance/calls';
import type { FakeGitLabInstance } from '../instance/fake-gitlab-instance';
import type { Fault } from '../instance/faults';
import type { Caller } from '../instance/model';
import { Refused } from '../instance/refusal';
import { toDomainError } from './to-domain-error';
import type { Asked } from './to-domain-error';

export interface Operation extends Asked {
  readonly name: string;
  readonly needs: Needs;
  readonly write?: boolean;
}

/**
 * Passes calls to the instance like HTTP requests: logs them, runs hooks, applies faults, and throws the port's
 * errors.
 */
export class InProcessCalls {
  private readonly movedTo = new Map<number, string>();

  constructor(
    private readonly instance: FakeGitLabInstance | undefined,
    private readonly access: { readonly instanceUrl: string; readonly token: Secret },
    private readonly options: CallOptions,
  ) {}

  async run<T>(
    operation: Operation,
    effect: (instance: FakeGitLabInstance, caller: Caller) => T | Promise<T>,
  ): Promise<T> {
    const { name, needs, projectId = null, write = false } = operation;
    const { signal, onRequest } = this.options;
    signal?.throwIfAborted();
    const { instance } = this;
    if (!instance)
      throw new InstanceUnreachable(this.access.instanceUrl, 'DNS knows no such host (ENOTFOUND)');
    const call: Call = { operation: name, route: name, method: write ? 'POST' : 'GET', projectId };
    onRequest?.();
    instance.calls.record(call);
    await instance.calls.before(call);
    const fault = instance.calls.faults.take(call);
    await this.strike(fault, write, instance);
    const result = await this.answer(operation, () => {
      const caller = instance.access.authenticate(this.access.token.reveal());
      instance.access.demand(caller, needs);
      return effect(instance, caller);
    });
    instance.jobs.settle();
    await instance.calls.after(call);
    this.loseAnswer(fault, write);
    signal?.throwIfAborted();
    return fault?.kind === 'loses-part' ? losing(fault.part, operation, result) : result;
  }

  /** Reports a project whose path differs from the caller's. */
  async noticeMove({ projectId, pathWithNamespace }: Repo, project: Project): Promise<void> {
    if (project.pathWithNamespace === (this.movedTo.get(projectId) ?? pathWithNamespace)) return;
    this.movedTo.set(projectId, project.pathWithNamespace);
    await this.options.onProjectMoved?.(project);
  }

  /** Applies faults before the effect. */
  private async strike(
    fault: Fault | undefined,
    write: boolean,
    instance: FakeGitLabInstance,
  ): Promise<void> {
    if (fault?.kind === 'latency') await instance.clock.sleep(fault.ms, this.options.signal);
    this.options.signal?.throwIfAborted();
    const retryAfterMs = waitOf(fault);
    if (fault?.kind === 'rate-limit') throw new RateLimited(retryAfterMs);
    if (fault?.kind === 'maintenance') throw new GitLabUnavailable('GitLab is undergoing maintenance');
    if (fault?.kind === 'lost-race') throw new FileChanged('branch-moved', null);
    if (fault?.kind === 'reset')
      throw new GitLabUnavailable('the connection was reset', { outcomeUnknown: write });
    if (fault?.kind === 'server-error' && !fault.late)
      throw new GitLabUnavailable(String(fault.status), { retryAfterMs, outcomeUnknown: write });
  }

  /** Applies faults after the effect. */
  private loseAnswer(fault: Fault | undefined, write: boolean): void {
    const outcomeUnknown = write;
    if (fault?.kind === 'answer-lost')
      throw new GitLabUnavailable('the connection was reset', { outcomeUnknown });
    if (fault?.kind === 'truncated')
      throw new GitLabUnavailable('the answer was cut off', { outcomeUnknown });
    if (fault?.kind === 'server-error')
      throw new GitLabUnavailable(String(fault.status), { retryAfterMs: waitOf(fault), outcomeUnknown });
  }

  private async answer<T>(asked: Asked, effect: () => T | Promise<T>): Promise<T> {
    try {
      return await effect();
    } catch (error) {
      throw error instanceof Refused ? toDomainError(error.refusal, asked) : error;
    }
  }
}

/**
 * Simulates an incomplete answer as the HTTP adapter passes it on: without some files, which the caller must notice, or
 * with too few paths in a comparison. The adapter refuses other incomplete answers.
 */
function losing<T>(part: number | string, { name, write = false }: Operation, result: T): T {
  if (typeof part === 'string' && result instanceof Map)
    return new Map([...result].filter(([path]) => path !== part)) as T;
  if (name === 'changesSince') return comparedWithout(part, result as Changes) as T;
  const number = Number(part);
  if (name === 'readFiles' && Array.isArray(result))
    return result.filter((_, index) => index !== number % result.length) as T;
  throw lacksPart(name, write);
}

/** Loses one path. The adapter refuses a comparison without paths; it cannot notice one that names too few. */
function comparedWithout(part: number | string, { paths, ...rest }: Changes): Changes {
  const number = Number(part);
  if (number % 3 === 0) throw lacksPart('changesSince', false);
  const lost = typeof part === 'string' ? part : paths?.[number % paths.length]?.path;
  const left = paths?.filter(({ path }) => path !== lost);
  return { ...rest, paths: number % 3 === 1 || !left?.length ? null : left };
}

const lacksPart = (name: string, outcomeUnknown: boolean): GitLabAnswerInvalid =>
  new GitLabAnswerInvalid(`its answer to ${name} lacks a part`, { outcomeUnknown });

/** Returns the wait that the HTTP adapter reads from the same fault. */
function waitOf(fault: Fault | undefined): number | undefined {
  const asks = fault?.kind === 'rate-limit' || (fault?.kind === 'server-error' && fault.status === 503);
  if (!asks || fault.retryAfterSeconds === undefined) return undefined;
  return withinBounds(fault.retryAfterSeconds * 1000);
}
