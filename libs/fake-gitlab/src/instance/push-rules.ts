import type { PushRules } from './model';
import { commitRefused } from './refusal';

interface Pushed {
  /** Null for the default branch. */
  readonly branch: string | null;
  readonly message: string;
  readonly committer: string;
  readonly author: string;
  readonly files: readonly { readonly path: string; readonly content?: Buffer }[];
}

/** Checks the project's push rules (Premium) and names the first broken one. */
export function checkPushRules(
  rules: PushRules,
  { branch, message, committer, author, files }: Pushed,
): void {
  const { branchNamePattern: branches } = rules;
  const { commitMessagePattern: messages, prohibitedFileNames: names } = rules;
  const { committerEmailPattern: committers, authorEmailPattern: authors, blockedContent } = rules;
  if (branches && branch !== null && !branches.test(branch))
    throw commitRefused('branch-name', `Branch name does not follow the pattern '${branches.source}'`);
  if (messages && !messages.test(message))
    throw broken(`Commit message does not follow the pattern '${messages.source}'`);
  if (committers && !committers.test(committer))
    throw broken(`Committer's email '${committer}' does not follow the pattern '${committers.source}'`);
  if (authors && !authors.test(author))
    throw broken(`Author's email '${author}' does not follow the pattern '${authors.source}'`);
  const prohibited = names && files.find(({ path }) => names.test(path));
  if (prohibited)
    throw broken(`File name ${prohibited.path} was prohibited by the pattern '${names.source}'.`);
  if (blockedContent && files.some(({ content }) => content && blockedContent.test(content.toString())))
    throw broken('PUSH BLOCKED: Secrets detected in code changes');
}

function broken(said: string) {
  return commitRefused('push-rule', said);
}
