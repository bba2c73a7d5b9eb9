import type { BranchChoice } from './contract';
import type { ComboPage } from './search';
import { useSession, type Session } from './session';
import { words } from './words';

/** Returns a function that reads the branches of a project, page by page. */
export function useBranches(projectId: number) {
  const { api } = useSession();
  return (search: string, cursor: string | null): Promise<ComboPage<BranchChoice>> => {
    const query = { ...(search && { search }), ...(cursor && { cursor }) };
    const params = { path: { ...api.path, projectId }, query };
    return api.take(api.client.GET('/api/v1/orgs/{org}/gitlab/projects/{projectId}/branches', { params }));
  };
}

/** Describes a branch: the default one, or a protected one and its push access. */
export function branchHelp(session: Session, branch: BranchChoice): string {
  const sentences = [
    branch.default && session.say(words.configure.defaultBranch),
    branch.protected && session.say(branch.canPush ? words.configure.mayPush : words.configure.mayNotPush),
  ];
  return sentences.filter(Boolean).join(' ');
}
