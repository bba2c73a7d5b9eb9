import type { Project } from '@app/gitlab';
import type { SyncTarget } from '../domain/sync-target';
import type { SyncTargets } from './sync-targets.port';

/** Stores the path of a project that was renamed or moved on GitLab. Changes nothing if the target is another by then. */
export async function recordMove(targets: SyncTargets, target: SyncTarget, project: Project): Promise<void> {
  const { id, pathWithNamespace, webUrl } = project;
  if (id !== target.projectId || pathWithNamespace === target.pathWithNamespace) return;
  await targets.recordPath(target.org, target.id, pathWithNamespace, webUrl);
}
