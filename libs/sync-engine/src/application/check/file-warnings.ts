import { notPortable } from '@app/context-store/core';
import { problemWithLine, type Finding } from '@app/inspection/core';
import { NAME_HELD } from '../guards/held-names';

/** Flags a file that is synced nevertheless. */
export interface FileWarning {
  /** Stable word, e.g. `credential`. */
  readonly reason: string;
  readonly detail: string;
  readonly line?: number;
}

const WHAT_TO_DO: Readonly<Record<Finding['reason'], string>> = {
  credential: 'everyone who can read the project has it: revoke it, then remove it',
  hidden_control: 'people do not see it, but an AI reads it: remove it unless it is intended',
};

/** Returns the warning about text that a push would hold back, and that came from GitLab. */
export function secretWarning({ reason, rule, line }: Finding): FileWarning {
  return { reason, detail: `line ${line} holds ${rule}; ${WHAT_TO_DO[reason]}`, line };
}

/** Returns the warning about a name that no edit in Dot would have been given; null if there is none. */
export function plainNameWarning(path: string): FileWarning | null {
  const problem = problemWithLine(path);
  return problem ? { reason: NAME_HELD, detail: `its name ${problem}; rename it` } : null;
}

/** Returns the warnings about a name that some file systems cannot hold. `twin` is a path that they take for the same. */
export function fileSystemWarnings(path: string, twin: string | undefined): FileWarning[] {
  const flaw = notPortable(path);
  const unportable = flaw && {
    reason: 'not_portable',
    detail: `${flaw.why}, so people on Windows cannot check out the project; rename it to ${JSON.stringify(flaw.instead)}`,
  };
  const similar = twin && {
    reason: 'similar_name',
    detail: `looks like ${twin} on some file systems; rename one of them`,
  };
  return [unportable, similar].filter((warning) => !!warning);
}

/** Returns the warning as the state of a file shows it. */
export const shownWarning = ({ reason, detail }: FileWarning): string => `${reason}: ${detail}`;
