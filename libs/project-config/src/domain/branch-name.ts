import { ConfigurationInvalid } from './project-config.errors';

const LONGEST = 244;
/** What `git check-ref-format --branch` refuses. */
const REFUSED = /[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|\/\.|[/.]$|\.lock(\/|$)|^@$|^HEAD$/u;

/** @throws ConfigurationInvalid unless Git takes it as the name of a branch */
export function parseBranchName(name: string): string {
  if (!name || name.length > LONGEST || REFUSED.test(name)) {
    throw new ConfigurationInvalid([{ field: 'branch', detail: 'must be a branch name that Git allows' }]);
  }
  return name;
}
