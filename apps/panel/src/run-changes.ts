import type { RunChange } from './contract';
import { usePages } from './load';

/** Reads the paths that a run changed or would change. */
export function useRunChanges(runId: string | null, key = '') {
  return usePages<RunChange>(async ({ api }, cursor) => {
    if (!runId) return { items: [], nextCursor: null };
    const params = { path: { ...api.path, id: runId }, query: { limit: 200, ...(cursor && { cursor }) } };
    return api.take(api.client.GET('/api/v1/orgs/{org}/gitlab/runs/{id}/changes', { params }));
  }, `${runId} ${key}`);
}
