import type { CommitAction } from '@app/gitlab';
import type { Sabotage } from './world/world';

const nothing: Sabotage = { site: () => undefined, gitlab: () => undefined };

const withoutSeenAt = (action: CommitAction): CommitAction =>
  action.op === 'create' ? action : { ...action, seenAt: undefined };

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
  /** Marks everything that GitLab has now as seen. */
  guard: {
    ...nothing,
    gitlab: (gitlab) => {
      const commit = gitlab.commit.bind(gitlab);
      gitlab.commit = async (repo, request) => {
        const head = request.base && (await gitlab.branch(repo.projectId, repo.branch)).head.id;
        return commit(repo, { ...request, actions: request.actions.map(withoutSeenAt), base: head });
      };
    },
  },
  /** Marks changes that a comparison left out as seen at its head. */
  seenAt: {
    ...nothing,
    gitlab: (gitlab) => {
      const commit = gitlab.commit.bind(gitlab);
      gitlab.commit = (repo, request) =>
        commit(repo, { ...request, actions: request.actions.map(withoutSeenAt) });
    },
  },
  /** No day brings a full comparison. */
  fullComparison: {
    ...nothing,
    site: ({ engine: { states } }) => {
      const [save, release] = [states.save.bind(states), states.release.bind(states)];
      states.save = (org, { compareAllAt: _, ...patch }) => save(org, patch);
      states.release = (lease, { compareAllAt: _, ...patch } = {}) => release(lease, patch);
    },
  },
  /** No commit is ever found by its change id. */
  lookup: {
    ...nothing,
    gitlab: (gitlab) => {
      gitlab.findCommit = async () => null;
    },
  },
  /** The base does not move. */
  base: {
    ...nothing,
    site: ({ engine: { states } }) => {
      const [save, release] = [states.save.bind(states), states.release.bind(states)];
      states.save = (org, { baseCommit: _, ...patch }) => save(org, patch);
      states.release = (lease, { baseCommit: _, ...patch } = {}) => release(lease, patch);
    },
  },
  /** Each commit is noted as if it carried all of its change. */
  leftOut: {
    ...nothing,
    site: ({ store }) => {
      const noteCommit = store.noteCommit.bind(store);
      store.noteCommit = async (org, id, commit) => {
        const changes = await store.changesAfter(org, 0, 100_000);
        const versions = changes.flatMap((change) => (change.id === id ? change.versions : []));
        await noteCommit(
          org,
          id,
          commit,
          versions.map(({ path }) => path),
        );
      };
    },
  },
} as const satisfies Record<string, Sabotage>;

export type SabotageName = keyof typeof SABOTAGES;
