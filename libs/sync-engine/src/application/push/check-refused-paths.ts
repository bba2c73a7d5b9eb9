import type { CommitAction, CommitRequest } from '@app/gitlab';
import type { HoldRefused } from '../guards/hold-refused';
import type { PullChanges } from '../pull/pull-changes';
import type { SyncPass } from '../pass/sync-pass';

/**
 * Finds out why GitLab refused a commit. Its branch moved, an entry blocks a path, or a comparison left out a change
 * of one of the paths.
 */
export async function checkRefusedPaths(
  pass: SyncPass,
  request: CommitRequest,
  pull: PullChanges,
  holdRefused: HoldRefused,
): Promise<void> {
  await pull.execute(pass);
  if (pass.state.baseCommit !== request.base) return;
  if (await holdRefused.holdUnplaceable(pass, request.actions)) return;
  await pull.readAgain(pass, request.actions.flatMap(pathsOf));
}

const pathsOf = (action: CommitAction): string[] =>
  action.op === 'move' ? [action.from, action.path] : [action.path];
