import { HookNotFound } from '../gitlab.errors';
import type { Hook, HookRequest } from '../gitlab.port';
import type { Api } from './api';
import { path } from './api-path';
import { hookError, hookTestError } from './errors/hook-errors';
import { toHook, type HookRow } from './rows';

/** A project has 100 hooks at most (§7.1): one page. */
const ALL = 100;

export class Hooks {
  constructor(private readonly api: Api) {}

  async create(projectId: number, request: HookRequest): Promise<Hook> {
    return toHook(
      await this.api.write<HookRow>('POST', path`/projects/${projectId}/hooks`, toRow(request), hookError),
    );
  }

  async update(projectId: number, hookId: number, request: HookRequest): Promise<Hook> {
    const to = path`/projects/${projectId}/hooks/${hookId}`;
    return toHook(await this.api.write<HookRow>('PUT', to, toRow(request), hookError));
  }

  async get(projectId: number, hookId: number): Promise<Hook> {
    const to = path`/projects/${projectId}/hooks/${hookId}`;
    return toHook((await this.api.get<HookRow>(to, { translate: hookError })).data);
  }

  async list(projectId: number): Promise<Hook[]> {
    const to = path`/projects/${projectId}/hooks`;
    const { data } = await this.api.get<HookRow[]>(to, { query: { per_page: ALL }, translate: hookError });
    return data.map(toHook);
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
