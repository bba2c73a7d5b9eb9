import { mergeTrees } from '../../git/three-way';
import type { MergeRequest, MergeStatus, StoredDiff } from './model';
import { isDraft } from './model';

/** Computes the difference between the branches; null if one of them is missing. */
export function diffOf({ project, sourceProject, source, target }: MergeRequest): StoredDiff | null {
  const { objects, history } = project.repository;
  const [head, start] = [sourceProject.repository.head(source), project.repository.head(target)];
  if (!head || !start) return null;
  const base = history.mergeBase(head.id, start.id);
  const files = (tree: string) => objects.files(tree);
  const [before, after] = [files(base?.tree ?? objects.emptyTree), files(head.tree)];
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    return was?.id !== is?.id || was?.mode !== is?.mode;
  });
  return {
    head: head.id,
    base: base?.id ?? null,
    start: start.id,
    commits: history.between(start.id, head.id).map(({ id }) => id),
    files: changed.length,
  };
}

/** Returns whether both branches exist and the source has a commit that the target lacks. */
export function hasCommits({ project, sourceProject, source, target, diff }: MergeRequest): boolean {
  const present = sourceProject.repository.head(source) && project.repository.head(target);
  return present !== undefined && diff !== null && diff.commits.length > 0;
}

/** Merges in memory. Null without a merge base or a target. */
export function trialMerge(mr: MergeRequest): ReturnType<typeof mergeTrees> | null {
  const { objects, history } = mr.project.repository;
  const [head, target] = [objects.commit(mr.diff?.head ?? ''), mr.project.repository.head(mr.target)];
  if (!head || !target) return null;
  const base = history.mergeBase(head.id, target.id);
  return mergeTrees(objects, base?.tree ?? objects.emptyTree, target.tree, head.tree);
}

/** Decides like GitLab's check: a merge request without commits or without a branch is broken, too. */
export function checkedStatus(mr: MergeRequest): MergeStatus {
  const merged = hasCommits(mr) ? trialMerge(mr) : null;
  return merged && !merged.conflicts.length ? 'can_be_merged' : 'cannot_be_merged';
}

/** Returns whether the target has commits that the source lacks. */
export function isBehind({ project, target, diff }: MergeRequest): boolean {
  const head = project.repository.head(target);
  return (
    head !== undefined && diff !== null && !project.repository.history.ancestors([diff.head]).has(head.id)
  );
}

/** Shows the status as the API does (docs/gitlab-api.md#mergeability). */
export function publicStatus(status: MergeStatus): string {
  return status === 'preparing' || status === 'cannot_be_merged_rechecking' ? 'checking' : status;
}

/** Returns the first failing check, in GitLab's order. */
export function detailedStatus(mr: MergeRequest, status = mr.status): string {
  if (status === 'preparing') return 'preparing';
  if (status === 'checking' || status === 'cannot_be_merged_rechecking') return 'checking';
  if (status === 'unchecked' || status === 'cannot_be_merged_recheck') return 'unchecked';
  if (mr.state !== 'opened') return 'not_open';
  if (isDraft(mr.title)) return 'draft_status';
  if (!hasCommits(mr)) return 'commits_status';
  if (needsRebase(mr)) return 'need_rebase';
  return status === 'cannot_be_merged' ? 'conflict' : 'mergeable';
}

export function needsRebase(mr: MergeRequest): boolean {
  const { mergeMethod, automaticRebase } = mr.project;
  return mergeMethod !== 'merge' && !automaticRebase && isBehind(mr);
}
