import type { CommitObject } from '../../git/git-objects';
import { shownAs } from '../../git/names';
import { patchText } from '../../git/patch';
import { diffTrees } from '../../git/tree-diff';
import type { Difference } from '../../git/tree-diff';
import type { FakeGitLabInstance } from '../../instance/fake-gitlab-instance';
import type { Project } from '../../instance/model';

export function differenceEntity(
  instance: FakeGitLabInstance,
  { repository }: Project,
  row: Difference,
): object {
  const text = patchText(repository.objects, row);
  const tooLarge = Buffer.byteLength(text) > instance.settings.patchBytes;
  return {
    diff: tooLarge ? '' : text,
    ...(instance.features.has('diff-collapsed') && { collapsed: false, too_large: tooLarge }),
    new_path: shownAs(row.path),
    old_path: shownAs(row.from),
    a_mode: row.before?.mode ?? '0',
    b_mode: row.after?.mode ?? '0',
    new_file: !row.before,
    renamed_file: row.from !== row.path,
    deleted_file: !row.after,
    generated_file: null,
  };
}

/** Returns the differences between a commit and its first parent. */
export function differencesOf({ repository }: Project, commit: CommitObject): Difference[] {
  const parent = repository.objects.commit(commit.parents[0] ?? '');
  return diffTrees(repository.objects, parent?.tree ?? repository.objects.emptyTree, commit.tree);
}
