import type { FieldError } from '@app/kernel';
import { isBranchName } from './branch-name';
import { ConfigurationInvalid } from './project-config.errors';

/** The way of changes made in Dot to the branch: as commits on it, or by a merge request from a work branch. */
export type Publish = 'direct' | 'merge_request';

/** The settings for the way of changes made in Dot to the branch. */
export interface Publishing {
  readonly publish: Publish;
  /** Carries the changes of a merge request. Dot adds `-2`, `-3` and so on while the name is taken. */
  readonly workBranch: string;
  /** Seconds without an edit before changes are pushed to the work branch: each push may reset approvals. */
  readonly quietSeconds: number;
}

export const DEFAULT_PUBLISHING: Publishing = {
  publish: 'direct',
  workBranch: 'dot/context',
  quietSeconds: 30,
};

export const MOST_QUIET_SECONDS = 3600;
/** Each part of the name becomes a file name on GitLab, with a suffix. */
const LONGEST_BYTES = 100;
/** A name like a commit's id is ambiguous. */
const COMMIT_ID = /^[0-9a-f]{40}$/i;

/** Checks the work branch of a target with this branch. @throws ConfigurationInvalid */
export function checkWorkBranch(workBranch: string, branch: string): void {
  const detail = problemWith(workBranch, branch);
  if (detail) throw new ConfigurationInvalid([{ field: 'workBranch', detail } satisfies FieldError]);
}

function problemWith(workBranch: string, branch: string): string | null {
  if (!isBranchName(workBranch) || COMMIT_ID.test(workBranch)) return 'must be a branch name that Git allows';
  if (Buffer.byteLength(workBranch) >= LONGEST_BYTES) return `must be shorter than ${LONGEST_BYTES} bytes`;
  if (workBranch === branch) return 'must be another branch than the one that Dot syncs with';
  if (lies(workBranch, branch) || lies(branch, workBranch))
    return `cannot exist beside ${branch}, because one name is the directory of the other`;
  return null;
}

const lies = (name: string, directory: string): boolean => name.startsWith(`${directory}/`);
