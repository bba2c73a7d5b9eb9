import type { Status } from './contract';
import type { IconName } from './icons';
import type { Phrase } from './say';
import { words } from './words';

export interface ProposalWords {
  readonly icon: IconName;
  readonly tone: 'info' | 'warn' | 'ok' | 'quiet';
  readonly says: Phrase;
}

/** Describes the merge request and what follows from its state. Returns null if nothing concerns one. */
export function proposalWords(status: Status): ProposalWords | null {
  const { sync, files } = status;
  const { mergeRequest, publish } = status.project!;
  const rest = files.proposed + files.dotAhead > 0;
  const about = (tone: ProposalWords['tone'], says: Phrase, icon: IconName = 'fork') => ({
    icon,
    tone,
    says,
  });
  if (publish === 'direct')
    return rest && mergeRequest?.state === 'opened' ? about('info', words.proposal.direct) : null;
  switch (mergeRequest?.state) {
    case undefined:
      return about('quiet', words.proposal.none);
    case 'opened':
      if (mergeRequest!.conflict) return about('warn', words.proposal.conflict, 'warn');
      return about('info', words.proposal.open);
    case 'retargeted':
      return about('warn', sync.error ? words.proposal.retargeted : words.proposal.setBack, 'warn');
    case 'merged':
      return about('ok', rest ? words.proposal.mergedPartly : words.proposal.merged, 'check');
    case 'branch_deleted':
      return about('quiet', words.proposal.branchDeleted);
    case 'closed':
      return about('quiet', isClosed(status) ? words.proposal.closed : words.proposal.closedBefore);
  }
}

/** Counts the files that a merge request changes, or that wait on the work branch. */
export function proposedIn({ project, files }: Status): number {
  const merge = project?.mergeRequest;
  return merge?.state === 'opened' ? merge.changes : files.proposed;
}

/** Checks whether a person closed the merge request, so that an admin has to decide. */
export const isClosed = ({ sync }: Status): boolean => sync.error?.code === 'merge_request_closed';

/** Checks whether a push waits for the end of a burst of edits. A push that a person requested does not wait. */
export const isQuiet = ({ project, sync: { lastRun, pendingPush } }: Status): boolean =>
  project?.publish === 'merge_request' &&
  lastRun?.kind === 'push' &&
  lastRun.status === 'queued' &&
  !lastRun.requestedBy &&
  pendingPush > 0;
