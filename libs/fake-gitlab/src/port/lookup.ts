import { BranchNotFound, CommitUnknown } from '@app/gitlab';
import type { CommitObject } from '../git/git-objects';
import type { Project } from '../instance/model';

/** @throws BranchNotFound */
export function headOf({ repository }: Pick<Project, 'repository'>, branch: string): CommitObject {
  const head = repository.head(branch);
  if (!head) throw new BranchNotFound(branch);
  return head;
}

/** @throws CommitUnknown */
export function commitOf({ repository }: Pick<Project, 'repository'>, id: string): CommitObject {
  const commit = repository.objects.commit(id);
  if (!commit) throw new CommitUnknown(id);
  return commit;
}
