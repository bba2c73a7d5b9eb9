import { createGitLabSyncClient, type GitLabSyncClient } from '@app/gitlab-sync/client';

/** Returns a client of the API whose calls and answers are checked against the OpenAPI document by the compiler. */
export const apiClient = (baseUrl: string, token: string): GitLabSyncClient =>
  createGitLabSyncClient({ baseUrl, token });
