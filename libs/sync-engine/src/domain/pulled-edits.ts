import type { Edit } from '@app/context-store';
import type { Commit } from '@app/gitlab';
import { takesRemote, type Decision } from './decision';

/** Returns the edits that apply the decisions to Dot. Keeps a losing text of GitLab as a version. */
export const editsOf = (decisions: readonly Decision[]): Edit[] =>
  decisions.flatMap((decision) => editOf(decision));

function editOf(decision: Decision): Edit[] {
  const { path, local } = decision;
  if (decision.kind === 'conflict' && decision.winner === 'local') {
    const { content, commit } = decision;
    return [{ op: 'keep', path, content, author: commit.author, at: commit.committedAt }];
  }
  if (!takesRemote(decision)) return [];
  if (decision.content !== null) return [{ op: 'put', path, content: decision.content }];
  return local === null ? [] : [{ op: 'delete', path }];
}

/** Returns a single commit's message as it is, and a list of several, oldest first. */
export function messageOf(commits: readonly Commit[]): string {
  if (commits.length === 1) return commits[0].message;
  const titles = commits
    .slice(-20)
    .map(({ message, author }) => `- ${message.split('\n', 1)[0]} (${author.name})`);
  return [`${commits.length} commits from GitLab`, '', ...titles].join('\n');
}
