import type { GitLab, Project } from '@app/gitlab';

/** What GitLab names the first branch where nobody says otherwise. */
const USUAL_DEFAULT = 'main';

/**
 * The branch asked for, else the project's default. It must exist, unless the repository is empty: its first commit makes it.
 * Whether it is protected is no matter here; that shows at the first push. @throws BranchNotFound
 */
export async function chooseBranch(gitlab: GitLab, project: Project, asked?: string): Promise<string> {
  const name = asked ?? project.defaultBranch ?? USUAL_DEFAULT;
  if (project.emptyRepo) return name;
  return (await gitlab.branch(project.id, name)).name;
}
