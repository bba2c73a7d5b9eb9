import type { GitLab, Project } from '@app/gitlab';

/** GitLab's default name for the first branch. */
const USUAL_DEFAULT = 'main';

/**
 * Returns the requested branch, or the project's default. It must exist, unless the repository is empty: the first
 * commit creates it. Accepts protected branches: the first push reports them.
 * @throws BranchNotFound
 */
export async function chooseBranch(gitlab: GitLab, project: Project, asked?: string): Promise<string> {
  const name = asked ?? project.defaultBranch ?? USUAL_DEFAULT;
  if (project.emptyRepo) return name;
  return (await gitlab.branch(project.id, name)).name;
}
