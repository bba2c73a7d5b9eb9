import type { PushRules } from './model';
import { commitRefused } from './refusal';

interface Pushed {
  readonly message: string;
  readonly committer: string;
  readonly author: string;
  readonly files: readonly { readonly path: string; readonly content?: Buffer }[];
}

/** The project's push rules (Premium), with the first that is broken named. */
export function checkPushRules(rules: PushRules, { message, committer, author, files }: Pushed): void {
  const { commitMessagePattern: messages, prohibitedFileNames: names } = rules;
  const { committerEmailPattern: committers, authorEmailPattern: authors, blockedContent } = rules;
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
