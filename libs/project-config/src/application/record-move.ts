import type { Project } from '@app/gitlab';
import type { SyncTarget } from '../domain/sync-target';
import type { SyncTargets } from './sync-targets.port';

/**
 * Stores the path of a project that was renamed or moved on GitLab. Does nothing if the org has another target by
 * then.
 */
export async function recordMove(targets: SyncTargets, target: SyncTarget, project: Project): Promise<void> {
  const { id, pathWithNamespace, webUrl } = project;
  if (id !== target.projectId || pathWithNamespace === target.pathWithNamespace) return;
  await targets.recordPath(target.org, target.id, pathWithNamespace, webUrl);
}
