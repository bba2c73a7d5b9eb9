import type { PushRules } from './model';
import { commitRefused } from './refusal';

interface Pushed {
  readonly message: string;
  readonly email: string;
  readonly paths: readonly string[];
}

/** The project's push rules (Premium), with the first that is broken named. */
export function checkPushRules(rules: PushRules, { message, email, paths }: Pushed): void {
  const { commitMessagePattern: messages, prohibitedFileNames: names, committerEmailPattern: emails } = rules;
  if (messages && !messages.test(message))
    throw broken(`Commit message does not follow the pattern '${messages.source}'`);
  if (emails && !emails.test(email))
    throw broken(`Committer's email '${email}' does not follow the pattern '${emails.source}'`);
  const prohibited = names && paths.find((path) => names.test(path));
  if (prohibited) throw broken(`File name ${prohibited} was prohibited by the pattern '${names.source}'.`);
}

function broken(said: string) {
  return commitRefused('push-rule', said);
}
