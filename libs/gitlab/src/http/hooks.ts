import { HookNotFound } from '../errors/hook.errors';
import type { Hook, HookRequest } from '../gitlab.types';
import { listOf } from './responses/shapes';
import type { Api, Reply } from './api';
import { path } from './api-path';
import { hookError, hookTestError } from './errors/hook-errors';
import type { NextPage } from './next-page';
import { hookRow, toHook, type HookRow } from './rows';

const PER_PAGE = 100;
/**
 * Projects may have 100 hooks (docs/gitlab-api.md#manage-hooks), and administrators may raise that. This limit ends
 * any list.
 */
const MOST_PAGES = 50;

export class Hooks {
  constructor(private readonly api: Api) {}

  async create(projectId: number, request: HookRequest): Promise<Hook> {
    return toHook(
      await this.api.write('POST', path`/projects/${projectId}/hooks`, hookRow, toRow(request), hookError),
    );
  }

  async update(projectId: number, hookId: number, request: HookRequest): Promise<Hook> {
    const to = path`/projects/${projectId}/hooks/${hookId}`;
    return toHook(await this.api.write('PUT', to, hookRow, toRow(request), hookError));
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
}

function toRow({ url, token, signingToken, branch, verifyTls }: HookRequest): object {
  return {
    url,
    token: token.reveal(),
    signing_token: signingToken?.reveal(),
    push_events: true,
    push_events_branch_filter: branch,
    branch_filter_strategy: 'wildcard',
    enable_ssl_verification: verifyTls,
  };
}
