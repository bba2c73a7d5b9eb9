import { setImmediate as breathe } from 'node:timers/promises';
import type { GitLab, Repo } from '@app/gitlab';
import type { Blocker, Wanted } from '../../domain/commit-plan';
import {
  ATTRIBUTES,
  isLfsTracked,
  isNew,
  LFS_HOLD,
  lfsRulesOf,
  MOST_ATTRIBUTES_BYTES,
} from '../../domain/lfs-rules';
import type { SyncPass } from '../pass/sync-pass';

/** Paths between two breaths. */
const AT_A_TIME = 16;

type New = Pick<Wanted, 'path' | 'content'>;
type Known = ReadonlyMap<string, { readonly remote: string | null }>;

/** Returns the rules by which the project keeps files in LFS at this commit; none if it has LFS switched off. */
export async function readLfsRules(gitlab: GitLab, repo: Repo, commit: string): Promise<string> {
  let rules = '';
  for await (const { bytes } of gitlab.readFiles(repo, commit, [ATTRIBUTES], {
    maxBytes: MOST_ATTRIBUTES_BYTES,
  }))
    rules = lfsRulesOf(bytes?.toString() ?? '');
  return rules && (await gitlab.project(repo.projectId)).lfsEnabled ? rules : '';
}

/** Returns the rules as they were last seen. If they were never read, reads them with the org's first new file. */
export async function seenLfsRules(pass: SyncPass, wanted: readonly New[], known: Known): Promise<string> {
  const { lfsRules, baseCommit } = pass.state;
  if (lfsRules !== null) return lfsRules;
  if (baseCommit === null || !wanted.some((want) => isNew(want, known))) return '';
  const read = await readLfsRules(pass.gitlab, pass.repo, baseCommit);
  await pass.checkpoint(() => ({ state: { lfsRules: read } }));
  return read;
}

/** Returns the new files of which GitLab would keep a pointer in place of the text. */
export async function heldForLfs(
  wanted: readonly New[],
  known: Known,
  rules: string,
): Promise<[string, Blocker][]> {
  if (!rules) return [];
  const held: [string, Blocker][] = [];
  for (const [number, want] of wanted.filter((each) => isNew(each, known)).entries()) {
    if (number % AT_A_TIME === AT_A_TIME - 1) await breathe();
    if (isLfsTracked(rules, want.path)) held.push([want.path, LFS_HOLD]);
  }
  return held;
}
