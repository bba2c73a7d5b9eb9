import type { Sabotage } from './world/world';

const nothing: Sabotage = { site: () => undefined, gitlab: () => undefined };

/** Each safeguard, switched off by wrapping what a process is made of; the code itself knows nothing of it. */
export const SABOTAGES = {
  none: nothing,
  /** A worker that has lost its lease goes on recording. */
  fencing: {
    ...nothing,
    site: ({ engine: { states } }) => {
      const hold = states.hold.bind(states);
      states.hold = (lease, ttlMs) => hold(lease, ttlMs).catch(() => undefined);
    },
  },
  /** GitLab is told that whatever it has now was seen. */
  guard: {
    ...nothing,
    gitlab: (gitlab) => {
      const commit = gitlab.commit.bind(gitlab);
      gitlab.commit = async (repo, request) => {
        const head = request.base && (await gitlab.branch(repo.projectId, repo.branch)).head.id;
        return commit(repo, { ...request, base: head });
      };
    },
  },
  /** No commit is ever found by its change id. */
  lookup: {
    ...nothing,
    gitlab: (gitlab) => {
      gitlab.findCommit = async () => null;
    },
  },
  /** The base stays where it was. */
  base: {
    ...nothing,
    site: ({ engine: { states } }) => {
      const save = states.save.bind(states);
      states.save = (org, { baseCommit: _, ...patch }) => save(org, patch);
    },
  },
} as const satisfies Record<string, Sabotage>;

export type SabotageName = keyof typeof SABOTAGES;
