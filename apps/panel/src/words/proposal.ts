import { deck } from './deck';

/** Sentences about the merge request that carries the changes. */
export const proposal = {
  proposal: deck({
    request: '[!{iid} {title}]',
    none: 'No merge request is open. The next push opens one.',
    open: 'Waits to be merged into `{branch}`.',
    conflict: 'Conflicts with `{branch}`: GitLab can merge it once the conflict is resolved there.',
    retargeted: 'Targets a branch other than `{branch}`.',
    setBack: 'Targets a branch other than `{branch}`. Set its target branch back in GitLab, or close it.',
    merged: 'Merged into `{branch}`. The next push opens another one.',
    mergedPartly: 'Merged into `{branch}`, but without the newest changes. The next push proposes the rest.',
    closed: 'Closed without a merge.',
    closedBefore: 'Closed. The next push opens another one.',
    branchDeleted: 'Closed, because its branch was deleted.',
    direct: 'The next push commits its changes to `{branch}` directly.',
    closedTitle: 'The merge request was closed',
    notMerged: '[!{iid} {title}] was not merged.',
    deletedBranchOf: 'The branch of [!{iid} {title}] was deleted.',
    deletedBranch: 'The work branch was deleted.',
    stays: {
      one: 'Its change is in Dot and not in `{branch}`. Nothing is lost.',
      other: 'Its {n} changes are in Dot and not in `{branch}`. Nothing is lost.',
    },
    decide:
      'Propose them again, or discard them and return to the files of `{branch}`. The next edit that Dot pushes also proposes them again.',
    decideFirst: 'Nothing to push. Propose the changes again, or discard them.',
    decideDirect:
      'The next push commits them to `{branch}` directly. Or discard them and return to its files.',
    again: 'Propose again',
    discard: 'Discard…',
    discardTitle: { one: 'Discard {n} change?', other: 'Discard {n} changes?' },
    discardText: {
      one: 'Dot takes what `{branch}` has for this file, as one new change.',
      other: 'Dot takes what `{branch}` has for these {n} files, as one new change.',
    },
    discardNew: 'New files are deleted in Dot.',
    discardWaiting: 'Edits that are not pushed yet are among them.',
    discardNote: "Every version stays in Dot's history. Undo the sync in Activity to get your changes back.",
    discardWhat: 'What would be discarded',
    keep: 'Keep them',
    discardDo: { one: 'Discard {n} change', other: 'Discard {n} changes' },
    into: 'A push adds them to merge request !{iid}.',
    intoNew: 'A push opens a merge request with them.',
    quiet: 'Dot pushes them for review after {n} seconds without an edit.',
    equal: 'Nothing to sync. Merge request !{iid} has the changes of Dot.',
    upToDate: 'Nothing to push. Merge request !{iid} is up to date.',
  }),
  workBranch: deck({
    title: 'Work branch',
    now: {
      one: '`{workBranch}` · an automatic push waits for {n} second without an edit.',
      other: '`{workBranch}` · an automatic push waits for {n} seconds without an edit.',
    },
    nowAtOnce: '`{workBranch}` · an automatic push does not wait for more edits.',
    ofWorkBranch: ' the work branch',
    name: 'Name',
    nameHelp:
      'If a branch has this name already, Dot adds -2, -3 and so on. With another name, the next push opens another merge request and closes the current one.',
    seconds: 'Seconds without an edit before a push',
    secondsHelp:
      'A push may reset approvals, so Dot pushes a burst of edits once. “Push to GitLab” does not wait.',
  }),
};
