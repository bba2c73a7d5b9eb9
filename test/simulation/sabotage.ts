import type { CommitAction } from '@app/gitlab';
import type { Publish } from '@app/project-config';
import { PROJECT, type Sabotage } from './world/world';

const nothing: Sabotage = { site: () => undefined, gitlab: () => undefined };

const withoutSeenAt = (action: CommitAction): CommitAction =>
  action.op === 'create' ? action : { ...action, seenAt: undefined };

/** Each safeguard, switched off by wrapping what a process is made of; the code itself knows nothing of it. */
const ALWAYS = {
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

/** Safeguards of merge requests. */
const OF_REQUESTS = {
  /** A text has landed only if a commit of Dot's is in the history of the branch. */
  ancestry: {
    ...nothing,
    site: ({ engine: { reconcile } }) => {
      const execute = reconcile.execute.bind(reconcile);
      reconcile.execute = (request, changes) => {
        const isOurs = changes.commits.some(({ message }) => message.includes('Dot-Change-Id: '));
        return execute(isOurs ? request : { ...request, proposal: null }, changes);
      };
    },
  },
  /** A merge request that is merged has landed, whatever the branch has. */
  state: {
    ...nothing,
    site: ({ engine: { workStatus } }) => {
      const execute = workStatus.execute.bind(workStatus);
      workStatus.execute = async (pass) => {
        const status = await execute(pass);
        const isMerged = pass.proposal?.mergeRequest?.state === 'merged';
        return isMerged ? { ...status, settled: true, fit: 'fits' } : status;
      };
    },
  },
  /** The work branch is moved to the state that Dot knows, and Dot's commit is put on top. */
  force: {
    ...nothing,
    gitlab: (gitlab, instance) => {
      const commit = gitlab.commit.bind(gitlab);
      gitlab.commit = (repo, request) => {
        const project = instance.project(PROJECT);
        const head = project.repository.head(repo.branch)?.id;
        const isOurs = /^(dot\/|proposals)/.test(repo.branch) && head !== undefined && head !== request.base;
        if (isOurs && request.base && project.repository.objects.commit(request.base))
          instance.pushes.moveBranch(project, repo.branch, request.base, project.creator);
        return commit(repo, request);
      };
    },
  },
  /** A closed merge request refuses nothing. */
  closed: {
    ...nothing,
    site: ({ engine: { states } }) => {
      const [save, release] = [states.save.bind(states), states.release.bind(states)];
      const unrefused = ({ proposal, ...patch }: Parameters<typeof save>[1]) => ({
        ...patch,
        ...(proposal !== undefined && { proposal: proposal && { ...proposal, refusal: null } }),
      });
      states.save = (org, patch) => save(org, unrefused(patch));
      states.release = (lease, patch = {}) => release(lease, unrefused(patch));
    },
  },
} as const satisfies Record<string, Sabotage>;

export const SABOTAGES = { ...ALWAYS, ...OF_REQUESTS };

/** The safeguards that histories of this mode depend on. */
export function safeguardsOf(publish: Publish): SabotageName[] {
  const names = Object.keys(publish === 'direct' ? ALWAYS : SABOTAGES) as SabotageName[];
  // Merges make what a comparison left out too rare to be missed within minutes: histories of commits to the branch show it.
  return names.filter((name) => name !== 'none' && (publish === 'direct' || name !== 'seenAt'));
}

export type SabotageName = keyof typeof SABOTAGES;
