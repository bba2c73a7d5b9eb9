import type { World } from '../world/world';
import type { Audit } from './audit';
import { checkCommits } from './commits';
import { checkEqual } from './equality';
import { GitView } from './git-view';
import { checkIdempotence } from './idempotence';
import { checkTexts } from './texts';

/** Returns a sentence for each invariant that does not hold once everything has come to rest. */
export async function checkAtRest(world: World, audit: Audit): Promise<string[]> {
  const git = new GitView(world, audit.commits);
  return [
    ...(await checkEqual(world, git)),
    ...(await checkCommits(world, git, audit)),
    ...(await checkTexts(world, git, audit)),
    ...(await checkIdempotence(world, audit)),
  ];
}
