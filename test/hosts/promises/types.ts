import type { DomainError, ErrorCode, GitLabSyncBus, GitLabSyncModule } from '@dot/gitlab-sync';
import { createGitLabSyncClient } from '@dot/gitlab-sync/client';

/** The compiler checks these; nothing calls them. */
export function typedToTheEnd(bus: GitLabSyncBus, module: typeof GitLabSyncModule): void {
  bus.on('sync.failed.v1', ({ org, code, retrying }) => console.log(org, code satisfies ErrorCode, retrying));
  // @ts-expect-error no event has this name
  bus.on('sync.unknown.v1', () => undefined);
  // @ts-expect-error the event has no such field
  bus.on('sync.failed.v1', ({ unknown }) => console.log(unknown));
  // @ts-expect-error a database is required
  module.forRoot({ publicUrl: 'https://dot.example.com' });
}

export function typedErrors({ code }: DomainError): boolean {
  // @ts-expect-error no error has this code
  return code === 'token_expired' || code === 'token_rejected';
}

export async function typedClient(): Promise<string | undefined> {
  const client = createGitLabSyncClient({ baseUrl: 'https://dot.example.com', token: () => 'token' });
  const { data } = await client.GET('/api/v1/orgs/{org}/gitlab', { params: { path: { org: 'acme' } } });
  return data?.state;
}
