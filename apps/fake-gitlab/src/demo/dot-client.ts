export interface Run {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly trigger: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly commits: readonly string[];
  readonly apiCalls: number;
  readonly error: { readonly code: string; readonly detail: string } | null;
}

export interface MergeRequest {
  readonly iid: number;
  readonly title: string;
  readonly state: string;
}

export interface Status {
  readonly state: string;
  readonly health: string;
  readonly webhook: { readonly url: string } | null;
  readonly project: { readonly mergeRequest: MergeRequest | null } | null;
  readonly files: { readonly proposed: number };
  readonly sync: {
    readonly pendingPush: number;
    readonly pendingPull: boolean;
    readonly baseCommit: string | null;
    readonly lastRun: Run | null;
  };
}

export interface ContextFile {
  readonly path: string;
  readonly blob: string;
  readonly version: string;
}

export type FileEdit =
  | { readonly op: 'put'; readonly path: string; readonly content: string }
  | { readonly op: 'delete'; readonly path: string };

/** Acts as Dot's backend and as an admin, over the public HTTP contract. */
export class DotClient {
  constructor(
    private readonly url: string,
    private readonly org: string,
    readonly token: string,
  ) {}

  connect(
    instanceUrl: string,
    token: string,
  ): Promise<{ username: string; tokenKind: string; scopes: string[] }> {
    return this.json('PUT', 'gitlab/connection', { instanceUrl, token });
  }

  disconnect(): Promise<unknown> {
    return this.json('DELETE', 'gitlab/connection');
  }

  async projects(): Promise<{ id: number; pathWithNamespace: string }[]> {
    return (await this.json<{ items: { id: number; pathWithNamespace: string }[] }>('GET', 'gitlab/projects'))
      .items;
  }

  configure(body: object): Promise<{ pathWithNamespace: string; branch: string; projectId: number }> {
    return this.json('PUT', 'gitlab/project', body);
  }

  settings(body: object): Promise<unknown> {
    return this.json('PATCH', 'gitlab/project', body);
  }

  status(): Promise<Status> {
    return this.json('GET', 'gitlab');
  }

  async latestRun(kind: string): Promise<Run | undefined> {
    const { items } = await this.json<{ items: Run[] }>('GET', 'gitlab/runs?limit=20');
    return items.find((run) => run.kind === kind);
  }

  registerWebhook(): Promise<unknown> {
    return this.json('POST', 'gitlab/webhook/register');
  }

  async conflicts(): Promise<{ id: string; path: string; winner: string }[]> {
    return (
      await this.json<{ items: { id: string; path: string; winner: string }[] }>('GET', 'gitlab/conflicts')
    ).items;
  }

  restoreConflict(id: string): Promise<{ revision: number }> {
    return this.json('POST', `gitlab/conflicts/${id}/restore`);
  }

  change(message: string, changes: readonly FileEdit[]): Promise<{ revision: number }> {
    return this.json('POST', 'context/changes', { message, changes });
  }

  async files(): Promise<ContextFile[]> {
    const files: ContextFile[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
      const page: { items: ContextFile[]; nextCursor: string | null } = await this.json(
        'GET',
        `context/files?limit=200${query}`,
      );
      files.push(...page.items);
      cursor = page.nextCursor;
    }
    return files;
  }

  async write(path: string, text: string, message: string): Promise<void> {
    await this.send(
      'PUT',
      `context/files/${encodePath(path)}?message=${encodeURIComponent(message)}`,
      text,
      'text/markdown',
    );
  }

  async read(path: string): Promise<string | null> {
    const answer = await this.request('GET', `context/files/${encodePath(path)}`);
    return answer.ok ? answer.text() : null;
  }

  /** Resolves when no run is open and no work is pending. @throws Error if a run failed or it takes too long */
  async settled(timeoutMs = 120_000): Promise<Status> {
    for (const end = Date.now() + timeoutMs; Date.now() < end; await pause(100)) {
      const status = await this.status();
      const { lastRun } = status.sync;
      if (status.health === 'attention' && lastRun?.error) throw new Error(lastRun.error.detail);
      const open = lastRun && ['queued', 'running'].includes(lastRun.status);
      if (status.health === 'ok' && !open && !status.sync.pendingPull) return status;
    }
    throw new Error('The sync did not settle in time.');
  }

  private async json<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.send(method, path, body && JSON.stringify(body), 'application/json');
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  private async send(method: string, path: string, body?: string, type?: string): Promise<Response> {
    const answer = await this.request(method, path, body, type);
    if (answer.ok) return answer;
    const problem = (await answer.json()) as { code: string; detail: string };
    throw new Error(`${method} ${path}: ${problem.code}: ${problem.detail}`);
  }

  private request(method: string, path: string, body?: string, type?: string): Promise<Response> {
    const headers = {
      authorization: `Bearer ${this.token}`,
      ...(body !== undefined && type && { 'content-type': type }),
    };
    return fetch(`${this.url}/api/v1/orgs/${this.org}/${path}`, { method, headers, body });
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
