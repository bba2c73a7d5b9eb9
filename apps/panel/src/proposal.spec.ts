import type { MergeRequest, Status } from './contract';
import { proposalWords } from './proposal';
import { Speech } from './say';

const speech = new Speech('en');

interface Given {
  readonly merge?: Partial<MergeRequest>;
  readonly publish?: 'direct' | 'merge_request';
  readonly proposed?: number;
  readonly dotAhead?: number;
  readonly code?: string;
}

function said({ merge, publish = 'merge_request', proposed = 0, dotAhead = 0, code }: Given): string | null {
  const shown = proposalWords({
    project: { publish, mergeRequest: merge ? { conflict: false, ...merge } : null },
    files: { proposed, dotAhead },
    sync: { error: code ? { code } : null },
  } as Status);
  return shown && `${shown.icon} ${shown.tone}: ${speech.say(shown.says, { branch: 'main' })}`;
}

describe('The merge request in one line', () => {
  it.each<[string, Given, string | null]>([
    ['none yet', {}, 'fork quiet: No merge request is open. The next push opens one.'],
    ['open', { merge: { state: 'opened' }, proposed: 3 }, 'fork info: Waits to be merged into main.'],
    [
      'open, with a conflict',
      { merge: { state: 'opened', conflict: true }, proposed: 3 },
      'warn warn: Conflicts with main: GitLab can merge it once the conflict is resolved there.',
    ],
    [
      'for another branch',
      { merge: { state: 'retargeted' }, proposed: 3 },
      'warn warn: Targets a branch other than main. Set its target branch back in GitLab, or close it.',
    ],
    [
      'merged',
      { merge: { state: 'merged' } },
      'check ok: Merged into main. The next push opens another one.',
    ],
    [
      'for another branch, which stopped a push',
      { merge: { state: 'retargeted' }, proposed: 3, code: 'merge_request_retargeted' },
      'warn warn: Targets a branch other than main.',
    ],
    [
      'merged without the newest changes',
      { merge: { state: 'merged' }, proposed: 1 },
      'check ok: Merged into main, but without the newest changes. The next push proposes the rest.',
    ],
    [
      'merged, and edited in Dot since',
      { merge: { state: 'merged' }, dotAhead: 1 },
      'check ok: Merged into main, but without the newest changes. The next push proposes the rest.',
    ],
    [
      'closed by a person',
      { merge: { state: 'closed' }, proposed: 3, code: 'merge_request_closed' },
      'fork quiet: Closed without a merge.',
    ],
    [
      'closed, and that is settled',
      { merge: { state: 'closed' } },
      'fork quiet: Closed. The next push opens another one.',
    ],
    [
      'closed with its branch',
      { merge: { state: 'branch_deleted' }, proposed: 3, code: 'merge_request_closed' },
      'fork quiet: Closed, because its branch was deleted.',
    ],
    ['none, because pushes are direct', { publish: 'direct' }, null],
    ['merged before pushes became direct', { publish: 'direct', merge: { state: 'merged' } }, null],
    [
      'open, though pushes are direct now',
      { publish: 'direct', merge: { state: 'opened' }, proposed: 1 },
      'fork info: The next push commits its changes to main directly.',
    ],
  ])('%s', (_, given, line) => expect(said(given)).toBe(line));
});
