import { ConfigurationInvalid } from './project-config.errors';

const LONGEST = 244;
/** Names that `git check-ref-format --branch` refuses. */
const REFUSED = /[\p{Cc}\p{Cs} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|\/\.|[/.]$|\.lock(\/|$)|^@$|^HEAD$/u;

/** Checks whether Git accepts the name of the branch. */
export const isBranchName = (name: string): boolean =>
  name !== '' && name.length <= LONGEST && !REFUSED.test(name);

/** @throws ConfigurationInvalid unless Git accepts the name of the branch */
export function parseBranchName(name: string): string {
  if (!isBranchName(name)) {
    throw new ConfigurationInvalid([{ field: 'branch', detail: 'must be a branch name that Git allows' }]);
  }
  return name;
}
