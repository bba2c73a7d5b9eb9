/** Example: a run as returned to the client that requested it. */
export const WAITING = {
  ...{ status: 'queued', trigger: 'manual', startedAt: null, finishedAt: null },
  ...{ progress: { done: 0, total: 0 }, commits: [], apiCalls: 0, attempt: 0 },
  ...{ head: null, title: null, author: null },
};
