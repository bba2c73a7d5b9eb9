import { branchFilterFor, type BranchFilter } from '../branch-filter';
import { GitLabRefused } from '../errors/answer.errors';
import { HookNotFound } from '../errors/hook.errors';
import type { Hook, HookRequest } from '../hook.types';
import { listOf } from './responses/shapes';
import type { Api, Reply } from './api';
import { path } from './api-path';
import { hookError, hookTestError } from './errors/hook-errors';
import type { NextPage } from './next-page';
import { hookRow, toHook, type HookRow } from './rows';

const ALL_BRANCHES: BranchFilter = { filter: '', strategy: 'wildcard' };
const PER_PAGE = 100;
/**
 * Projects may have 100 hooks (docs/gitlab-api.md#manage-hooks), and administrators may raise that. This limit ends
 * any list.
 */
const MOST_PAGES = 50;

export class Hooks {
  constructor(private readonly api: Api) {}

  create(projectId: number, request: HookRequest): Promise<Hook> {
    return this.save(projectId, null, request);
  }

  update(projectId: number, hookId: number, request: HookRequest): Promise<Hook> {
    return this.save(projectId, hookId, request);
  }

  async get(projectId: number, hookId: number): Promise<Hook> {
    const to = path`/projects/${projectId}/hooks/${hookId}`;
    return toHook((await this.api.get(to, hookRow, { translate: hookError })).data);
  }

  async list(projectId: number): Promise<Hook[]> {
    const to = path`/projects/${projectId}/hooks`;
    const hooks: Hook[] = [];
    let at: NextPage | null | undefined;
    for (let page = 0; page < MOST_PAGES && at !== null; page++) {
      const query = { per_page: PER_PAGE, ...(at && { [at.name]: at.value }) };
      const reply: Reply<HookRow[]> = await this.api.get(to, listOf(hookRow), {
        query,
        translate: hookError,
      });
      hooks.push(...reply.data.map(toHook));
      at = reply.next;
    }
    return hooks;
  }

  async delete(projectId: number, hookId: number): Promise<void> {
    const to = path`/projects/${projectId}/hooks/${hookId}`;
    await this.api.send('DELETE', to, undefined, hookError).catch((error) => {
      if (!(error instanceof HookNotFound)) throw error;
    });
  }

  async test(projectId: number, hookId: number): Promise<void> {
    const to = path`/projects/${projectId}/hooks/${hookId}/test/push_events`;
    await this.api.send('POST', to, {}, hookTestError);
  }

  /** Old servers know no regular expressions: refused or not, they get a hook for all branches instead. */
  private async save(projectId: number, hookId: number | null, request: HookRequest): Promise<Hook> {
    const filter = branchFilterFor(request.branches);
    try {
      const hook = await this.write(projectId, hookId, request, filter);
      if (filter.strategy === 'wildcard' || hook.branchFilterStrategy !== null) return hook;
      return await this.write(projectId, hook.id, request, ALL_BRANCHES);
    } catch (error) {
      if (filter.strategy === 'wildcard' || !isFilterRefused(error)) throw error;
      return this.write(projectId, hookId, request, ALL_BRANCHES);
    }
  }

  private async write(
    projectId: number,
    hookId: number | null,
    request: HookRequest,
    filter: BranchFilter,
  ): Promise<Hook> {
    const body = toRow(request, filter);
    const hooks = path`/projects/${projectId}/hooks`;
    const written =
      hookId === null
        ? this.api.write('POST', hooks, hookRow, body, hookError)
        : this.api.write('PUT', `${hooks}/${hookId}`, hookRow, body, hookError);
    return toHook(await written);
  }
}

/** Returns whether the server took a regular expression for a wildcard. */
function isFilterRefused(error: unknown): boolean {
  return error instanceof GitLabRefused && error.status === 422 && /branch filter/i.test(error.said);
}

function toRow(request: HookRequest, { filter, strategy }: BranchFilter): object {
  return {
    url: request.url,
    token: request.token.reveal(),
    signing_token: request.signingToken?.reveal(),
    push_events: true,
    push_events_branch_filter: filter,
    branch_filter_strategy: strategy,
    merge_requests_events: request.mergeRequestEvents,
    enable_ssl_verification: request.verifyTls,
  };
}
